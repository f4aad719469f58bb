package io.sealos.oci.trust;

import io.sealos.oci.internal.trust.sign.KeyFile;
import io.sealos.oci.internal.trust.sign.KeyPairs;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs images, with its public key. The kinds are EC on the curves P-256, P-384 and P-521, RSA with
 * at least 2048 bits, and Ed25519. An EC or RSA key signs SHA-256 digests, for RSA with the padding of PKCS #1 v1.5, as
 * cosign and container engines verify by default.
 *
 * <pre>{@code
 * SigningKey key = SigningKey.read(Path.of("cosign.key"), password);
 * ClusterImage.builder().context(directory).tag("registry.example/app:1.0").sign(key).build();
 * }</pre>
 *
 * <p>A key in a hardware security module is used through its provider. Signatures of RSA and Ed25519 keys are always
 * the same for the same content. Those of EC keys contain a random number, so an image that is signed again by such a
 * key has the same digest, but other signatures.
 *
 * <p>Immutable and thread-safe if its provider is. {@link #toString()} and exceptions show nothing of the private key.
 *
 * @since 0.1.0
 */
public final class SigningKey {
    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final @Nullable Provider provider;

    private SigningKey(PrivateKey privateKey, PublicKey publicKey, @Nullable Provider provider) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.provider = provider;
    }

    /**
     * Reads a key from a file without a password: PKCS #8 in PEM ({@code BEGIN PRIVATE KEY}).
     *
     * @param file the file, of at most 1 MiB
     * @return the key
     * @throws SigningKeyException if the file has no such key, or needs a password
     * @throws IOException if the file cannot be read
     */
    public static SigningKey read(Path file) throws IOException {
        return of(KeyFile.read(Objects.requireNonNull(file, "file"), null));
    }

    /**
     * Reads a key from a file with a password: encrypted PKCS #8 in PEM ({@code BEGIN ENCRYPTED PRIVATE KEY}), the key
     * file of cosign ({@code BEGIN ENCRYPTED SIGSTORE PRIVATE KEY}), or PKCS #12 with a single private key. A file
     * without a password is read as well.
     *
     * @param file the file, of at most 1 MiB
     * @param password the password, which is overwritten before this method returns or throws; may have no characters
     * @return the key
     * @throws SigningKeyException if the file has no such key, or the password is wrong
     * @throws IOException if the file cannot be read
     */
    public static SigningKey read(Path file, char[] password) throws IOException {
        Objects.requireNonNull(password, "password");
        try {
            return of(KeyFile.read(Objects.requireNonNull(file, "file"), password));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /**
     * {@return a key whose provider Java chooses by the private key}
     *
     * @param privateKey the private key, which may be in a hardware security module
     * @param publicKey the public key that belongs to it, such as that of its certificate
     * @throws SigningKeyException if the key is of another kind
     */
    public static SigningKey of(PrivateKey privateKey, PublicKey publicKey) {
        return checked(
                new KeyPair(
                        Objects.requireNonNull(publicKey, "publicKey"),
                        Objects.requireNonNull(privateKey, "privateKey")),
                null);
    }

    /**
     * {@return a key that a given provider uses}
     *
     * @param privateKey the private key, which may be in a hardware security module
     * @param publicKey the public key that belongs to it, such as that of its certificate
     * @param provider the provider, such as a configured {@code SunPKCS11}
     * @throws SigningKeyException if the key is of another kind
     */
    public static SigningKey of(PrivateKey privateKey, PublicKey publicKey, Provider provider) {
        return checked(
                new KeyPair(
                        Objects.requireNonNull(publicKey, "publicKey"),
                        Objects.requireNonNull(privateKey, "privateKey")),
                Objects.requireNonNull(provider, "provider"));
    }

    private static SigningKey of(KeyPair pair) {
        return new SigningKey(pair.getPrivate(), pair.getPublic(), null);
    }

    private static SigningKey checked(KeyPair pair, @Nullable Provider provider) {
        KeyPairs.check(pair.getPublic(), "the public key");
        return new SigningKey(pair.getPrivate(), pair.getPublic(), provider);
    }

    /** {@return the public key} */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** {@return the public key in PEM, which cosign takes as {@code --key}} */
    public String publicKeyPem() {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * Signs a message. The signature is verified with the public key before it is returned.
     *
     * @param message the message, not its digest
     * @return the signature; in ASN.1 for an EC key
     * @throws SigningKeyException if the provider fails, or the public key is that of another private key
     */
    public byte[] sign(byte[] message) {
        Objects.requireNonNull(message, "message");
        String algorithm = KeyPairs.signatureAlgorithm(publicKey);
        try {
            Signature signing = signature(algorithm);
            signing.initSign(privateKey);
            signing.update(message);
            byte[] signature = signing.sign();
            requireOwn(algorithm, message, signature);
            return signature;
        } catch (InvalidKeyException e) {
            throw new SigningKeyException(
                    toString(),
                    "the private key cannot be used with " + algorithm,
                    "give the private key that belongs to the public key, and the provider that has it");
        } catch (GeneralSecurityException e) {
            throw new SigningKeyException(
                    toString(),
                    "signing with " + algorithm + " failed: " + e.getClass().getSimpleName(),
                    "check the provider of the key");
        }
    }

    private Signature signature(String algorithm) throws GeneralSecurityException {
        return provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
    }

    private void requireOwn(String algorithm, byte[] message, byte[] signature) throws GeneralSecurityException {
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(KeyPairs.plain(publicKey));
        verifying.update(message);
        if (!verifying.verify(signature)) {
            throw new SigningKeyException(
                    toString(),
                    "its signature does not match it",
                    "give the public key that belongs to the private key");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that
                && Arrays.equals(publicKey.getEncoded(), that.publicKey.getEncoded())
                && privateKey.equals(that.privateKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey.getEncoded());
    }

    /** {@return the kind of the key and the SHA-256 fingerprint of its public key, such as {@code EC key sha256:…}} */
    @Override
    public String toString() {
        return KeyPairs.name(publicKey);
    }
}
