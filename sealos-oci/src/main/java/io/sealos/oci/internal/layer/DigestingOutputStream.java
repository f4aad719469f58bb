package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Passes bytes on, and computes their number and SHA-256 digest. */
public final class DigestingOutputStream extends OutputStream {
    private final OutputStream out;
    private final MessageDigest sha256;
    private long count;

    public DigestingOutputStream(OutputStream out) {
        this.out = out;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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

    /** {@return the digest of the first of some bytes} */
    public static Digest digestOf(byte[] bytes, int length) {
        DigestingOutputStream hash = new DigestingOutputStream(OutputStream.nullOutputStream());
        hash.sha256.update(bytes, 0, length);
        return hash.digest();
    }

    /** {@return the digest of a text, as UTF-8} */
    public static Digest digestOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return digestOf(bytes, bytes.length);
    }

    public long count() {
        return count;
    }

    /** {@return the digest of everything written; ask once, at the end} */
    public Digest digest() {
        return Digest.parse("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }
}
