package io.sealos.oci.internal.trust.sign;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.trust.SigningKeyException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** The kinds of keys that sign images, and the public keys of private keys. */
public final class KeyPairs {
    private static final int FEWEST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final String KINDS =
            "use an EC key on P-256, P-384 or P-521, an RSA key of 2048 to 16384 bits, or an" + " Ed25519 key";

    private KeyPairs() {}

    /** {@return the name of a public key: its kind and the digest of its encoded form} */
    public static String name(PublicKey key) {
        return key.getAlgorithm() + " key " + Digests.sha256(key.getEncoded());
    }

    /**
     * Throws an exception if a key is of a kind that does not sign images.
     *
     * @param place the place of the key for messages
     */
    public static void check(PublicKey key, String place) {
        if (key.getEncoded() == null || !isKnown(key)) {
            throw new SigningKeyException(
                    place, "an " + key.getAlgorithm() + " key of this kind is not supported", KINDS);
        }
    }

    private static boolean isKnown(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= FEWEST_RSA_BITS && bits <= MOST_RSA_BITS;
        }
        if (key instanceof ECPublicKey ec) {
            return Curve.of(ec.getParams()).isPresent();
        }
        return key instanceof EdECPublicKey ed && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }

    /** {@return the algorithm with which a key signs, by its name in Java} */
    public static String signatureAlgorithm(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return "SHA256withRSA";
        }
        return key instanceof ECPublicKey ? "SHA256withECDSA" : "Ed25519";
    }

    /** {@return a public key in the form of the providers of Java, whatever the provider of the key} */
    public static PublicKey plain(PublicKey key) throws GeneralSecurityException {
        String algorithm = key instanceof RSAPublicKey ? "RSA" : key instanceof ECPublicKey ? "EC" : "Ed25519";
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }

    /** {@return a private key with its public key, which is computed; empty for another kind of key} */
    static Optional<KeyPair> complete(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateCrtKey rsa) {
            PublicKey known = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            return Optional.of(new KeyPair(known, key));
        }
        if (key instanceof ECPrivateKey ec) {
            Optional<Curve> curve = Curve.of(ec.getParams());
            return curve.isEmpty() ? Optional.empty() : Optional.of(new KeyPair(publicKey(curve.get(), ec), key));
        }
        return key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()
                ? Optional.of(
                        new KeyPair(publicKey(ed.getParams(), ed.getBytes().get()), key))
                : Optional.empty();
    }

    private static PublicKey publicKey(Curve curve, ECPrivateKey key) throws GeneralSecurityException {
        BigInteger secret = key.getS();
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(curve.multiple(secret), key.getParams()));
    }

    /** Creates the key pair again from its secret, which Java takes as the random bytes of a new one. */
    private static PublicKey publicKey(NamedParameterSpec kind, byte[] secret) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.getName());
        generator.initialize(kind, new Known(secret));
        return generator.generateKeyPair().getPublic();
    }

    private static final class Known extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte[] bytes;

        Known(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, Math.min(bytes.length, target.length));
        }
    }
}
