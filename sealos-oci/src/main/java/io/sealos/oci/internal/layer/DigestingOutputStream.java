package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** An output stream that passes bytes on, and computes their number and SHA-256 digest. Not thread-safe. */
public final class DigestingOutputStream extends OutputStream {
    private final OutputStream out;
    private final MessageDigest sha256;
    private long count;

    public DigestingOutputStream(OutputStream out) {
        this.out = out;
        this.sha256 = Digests.start("sha256");
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        sha256.update(bytes, offset, length);
        count += length;
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** {@return the number of bytes written} */
    public long count() {
        return count;
    }

    /** {@return the digest of all written bytes} Must be called only once, at the end. */
    public Digest digest() {
        return Digests.finish("sha256", sha256);
    }
}
