package io.sealos.oci.internal;

import io.sealos.images.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes digests by SHA-256 or SHA-512. */
public final class Digests {
    private static final String SHA256 = "sha256";

    private Digests() {}

    /** Returns a new hash: SHA-512 for the algorithm {@code sha512}, otherwise SHA-256. */
    public static MessageDigest start(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }

    /** Returns the digest of the bytes that were added to a hash, and resets the hash. */
    public static Digest finish(String algorithm, MessageDigest hash) {
        return Digest.parse(algorithm + ":" + HexFormat.of().formatHex(hash.digest()));
    }

    /** Returns the SHA-256 digest of bytes. */
    public static Digest sha256(byte[] bytes) {
        return sha256(bytes, bytes.length);
    }

    /** Returns the SHA-256 digest of the first bytes of an array. */
    public static Digest sha256(byte[] bytes, int length) {
        MessageDigest hash = start(SHA256);
        hash.update(bytes, 0, length);
        return finish(SHA256, hash);
    }

    /** Returns the SHA-256 digest of a text in UTF-8. */
    public static Digest sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of bytes by an algorithm. */
    public static Digest as(String algorithm, byte[] bytes) {
        MessageDigest hash = start(algorithm);
        hash.update(bytes);
        return finish(algorithm, hash);
    }
}
