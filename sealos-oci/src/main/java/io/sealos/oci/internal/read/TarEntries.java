package io.sealos.oci.internal.read;

import io.sealos.text.Printable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The entries of a tar of unknown origin, one after the other. What it makes the reader remember has limits. */
public final class TarEntries {
    /** Long names, PAX records and maps of sparse files before the bytes of one entry. */
    private static final long MAX_HEADER = 1L << 20;
    /** Characters of all names, links included. */
    private static final long MAX_NAMES = 64L << 20;

    private final Headers headers;
    private final TarArchiveInputStream tar;
    private long names;

    /** The stream stays the caller's, who may read on behind the end of the archive. */
    @SuppressWarnings("resource")
    public TarEntries(InputStream plain) {
        this.headers = new Headers(plain);
        this.tar = new TarArchiveInputStream(headers, "UTF-8");
    }

    /** The next entry; null at the end. */
    public @Nullable TarArchiveEntry next() throws IOException {
        skipContent();
        headers.limit = headers.position + MAX_HEADER;
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            return entry == null ? null : checked(entry);
        } catch (IllegalArgumentException e) {
            throw new IOException("a header makes no sense: " + e.getMessage(), e);
        } finally {
            headers.limit = Long.MAX_VALUE;
        }
    }

    /** The bytes of the entry that {@link #next} gave. */
    public InputStream content() {
        return tar;
    }

    /** Where the next byte that is read lies in the tar. */
    public long position() {
        return headers.position;
    }

    private void skipContent() throws IOException {
        if (tar.getCurrentEntry() != null) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
    }

    private TarArchiveEntry checked(TarArchiveEntry entry) throws IOException {
        names += entry.getName().length() + entry.getLinkName().length();
        if (names > MAX_NAMES) {
            throw new IOException("the names of its entries have more than " + MAX_NAMES + " characters");
        }
        if (!entry.isCheckSumOK()) {
            throw new IOException("the checksum in the header of '" + Printable.of(entry.getName()) + "' is wrong");
        }
        return entry;
    }

    /** Counts what is read, and refuses to read more headers than there may be. */
    private static final class Headers extends FilterInputStream {
        private long position;
        private long limit = Long.MAX_VALUE;

        Headers(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            passed(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            passed(Math.max(read, 0));
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            passed(skipped);
            return skipped;
        }

        private void passed(long bytes) throws IOException {
            position += bytes;
            if (position > limit) {
                throw new IOException("the headers of one entry take more than " + MAX_HEADER + " bytes");
            }
        }
    }
}
