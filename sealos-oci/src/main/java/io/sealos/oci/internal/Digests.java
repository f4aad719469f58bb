package io.sealos.oci.internal;

import io.sealos.images.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests computed. */
public final class Digests {
    private Digests() {}

    public static MessageDigest start(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-512", e);
        }
    }

    public static Digest finish(String algorithm, MessageDigest hash) {
        return Digest.parse(algorithm + ":" + HexFormat.of().formatHex(hash.digest()));
    }

    public static Digest sha256(byte[] bytes) {
        MessageDigest hash = start("sha256");
        hash.update(bytes);
        return finish("sha256", hash);
    }

    public static Digest as(String algorithm, byte[] bytes) {
        MessageDigest hash = start(algorithm);
        hash.update(bytes);
        return finish(algorithm, hash);
    }
}
