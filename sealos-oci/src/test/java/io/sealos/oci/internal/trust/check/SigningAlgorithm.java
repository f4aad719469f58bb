package io.sealos.oci.internal.trust.check;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** The algorithms by which keys sign images: the kind of the key, and how it signs with the JDK. */
enum SigningAlgorithm {
    P256("secp256r1", "SHA256withECDSA", 0),
    P256_SHA512("secp256r1", "SHA512withECDSA", 0),
    P384("secp384r1", "SHA384withECDSA", 0),
    P384_SHA256("secp384r1", "SHA256withECDSA", 0),
    P521("secp521r1", "SHA512withECDSA", 0),
    RSA_PKCS1("2048", "SHA256withRSA", 0),
    RSA_PSS("2048", "RSASSA-PSS", 32),
    RSA_PSS_LONG("3072", "RSASSA-PSS", 384 - 34),
    ED25519("", "Ed25519", 0);

    private final String size;
    private final String name;
    private final int salt;

    SigningAlgorithm(String size, String name, int salt) {
        this.size = size;
        this.name = name;
        this.salt = salt;
    }

    KeyPair pair() {
        try {
            if (size.isEmpty()) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance(size.startsWith("s") ? "EC" : "RSA");
            if (size.startsWith("s")) {
                generator.initialize(new ECGenParameterSpec(size));
            } else {
                generator.initialize(Integer.parseInt(size));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(KeyPair pair, byte[] message) {
        try {
            Signature signing = Signature.getInstance(name);
            if (salt > 0) {
                signing.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
            }
            signing.initSign(pair.getPrivate());
            signing.update(message);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
