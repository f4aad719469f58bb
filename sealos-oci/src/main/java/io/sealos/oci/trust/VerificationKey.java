package io.sealos.oci.trust;

import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.internal.trust.sign.KeyPairs;
import io.sealos.oci.internal.trust.sign.PublicKeyText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Objects;

/**
 * A public key with which signatures of images are verified. The kinds are those of {@link SigningKey}: EC on the
 * curves P-256, P-384 and P-521, RSA with at least 2048 bits, and Ed25519.
 *
 * <p>Immutable and thread-safe. Two keys are equal if they have the same encoded form.
 *
 * @since 0.1.0
 */
public final class VerificationKey {
    private static final int MAX_BYTES = 1 << 20;

    private final PublicKey publicKey;

    private VerificationKey(PublicKey publicKey) {
        this.publicKey = publicKey;
    }

    /**
     * {@return a key}
     *
     * @param publicKey the public key, such as {@link SigningKey#publicKey()} or that of a certificate
     * @throws SigningKeyException if the key is of another kind
     */
    public static VerificationKey of(PublicKey publicKey) {
        KeyPairs.check(Objects.requireNonNull(publicKey, "publicKey"), "the public key");
        return new VerificationKey(publicKey);
    }

    /**
     * Parses a key in PEM: a public key ({@code BEGIN PUBLIC KEY}), such as {@code cosign.pub}, or a certificate
     * ({@code BEGIN CERTIFICATE}), which must be valid now, and whose issuer is not verified.
     *
     * @param pem the text
     * @return the key
     * @throws SigningKeyException if the text has no such key
     */
    public static VerificationKey parse(String pem) {
        return new VerificationKey(PublicKeyText.parse(Objects.requireNonNull(pem, "pem"), "the public key"));
    }

    /**
     * Reads a key from a file, in the forms of {@link #parse}.
     *
     * @param file the file, of at most 1 MiB
     * @return the key
     * @throws SigningKeyException if the file has no such key
     * @throws IOException if the file cannot be read
     */
    public static VerificationKey read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(Objects.requireNonNull(file, "file"))) {
            String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
            return new VerificationKey(PublicKeyText.parse(text, RequiredPath.shown(file)));
        }
    }

    /** {@return the public key} */
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that
                && Arrays.equals(publicKey.getEncoded(), that.publicKey.getEncoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey.getEncoded());
    }

    /** {@return the kind of the key and its SHA-256 fingerprint, such as {@code EC key sha256:…}} */
    @Override
    public String toString() {
        return KeyPairs.name(publicKey);
    }
}
