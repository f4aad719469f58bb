package io.sealos.oci.internal.tree;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a gzip file, one after the other. A further one is begun only when it is read: what follows the end of
 * an archive need not be one.
 */
final class GzipMembers extends InputStream {
    private final BufferedInputStream stored;
    private @Nullable InputStream member;

    GzipMembers(InputStream stored) throws IOException {
        this.stored = new BufferedInputStream(stored);
        this.member = begin();
    }

    private InputStream begin() throws IOException {
        return GzipCompressorInputStream.builder().setInputStream(stored).get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        InputStream current = member;
        while (current != null && length > 0) {
            int read = current.read(bytes, offset, length);
            if (read > 0) {
                return read;
            }
            current = isAtEnd() ? null : begin();
            member = current;
        }
        return length == 0 ? 0 : -1;
    }

    private boolean isAtEnd() throws IOException {
        stored.mark(1);
        int next = stored.read();
        stored.reset();
        return next < 0;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
