package io.sealos.oci.testing;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A layer with one file of random bytes, which are generated for each response. The same name and size always result in
 * the same bytes.
 */
final class GeneratedLayer implements BlobBytes {
    private static final int PART = 1 << 14;

    private final String name;
    private final long bytes;
    private final long size;
    private final Digest digest;
    private final Digest diffId;

    GeneratedLayer(String name, long bytes) throws IOException {
        this.name = name;
        this.bytes = bytes;
        MessageDigest stored = Digests.start("sha256");
        MessageDigest tar = Digests.start("sha256");
        RangeOutput counted = new RangeOutput(new DigestOutputStream(OutputStream.nullOutputStream(), stored));
        try (StoredGzip gzip = new StoredGzip(counted)) {
            writeTar(new DigestOutputStream(gzip, tar));
        }
        this.size = counted.position;
        this.digest = Digests.finish("sha256", stored);
        this.diffId = Digests.finish("sha256", tar);
    }

    Digest digest() {
        return digest;
    }

    /** Returns the digest of the tar. */
    Digest diffId() {
        return diffId;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void write(long from, long end, OutputStream out) throws IOException {
        StoredGzip gzip = new StoredGzip(new RangeOutput(out, from, end));
        writeTar(gzip);
        gzip.finish();
    }

    private void writeTar(OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        TarArchiveEntry entry = new TarArchiveEntry("data.bin");
        entry.setSize(bytes);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        Random random = new Random(name.hashCode());
        byte[] part = new byte[PART];
        for (long left = bytes; left > 0; left -= PART) {
            random.nextBytes(part);
            tar.write(part, 0, (int) Math.min(left, PART));
        }
        tar.closeArchiveEntry();
        tar.finish();
    }

    /** Passes on the bytes of a range, and counts all bytes. */
    private static final class RangeOutput extends FilterOutputStream {
        private final long from;
        private final long end;
        private long position;

        RangeOutput(OutputStream out) {
            this(out, 0, Long.MAX_VALUE);
        }

        RangeOutput(OutputStream out, long from, long end) {
            super(out);
            this.from = from;
            this.end = end;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            long first = Math.max(from, position);
            long last = Math.min(end, position + length);
            if (first < last) {
                out.write(content, offset + (int) (first - position), (int) (last - first));
            }
            position += length;
        }
    }
}
