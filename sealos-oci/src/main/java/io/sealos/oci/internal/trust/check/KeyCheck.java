package io.sealos.oci.internal.trust.check;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

/** Checks a signature with a key, by the algorithms that signers use with a key of its kind. */
final class KeyCheck {
    private static final int DIGEST_BYTES = 32;
    private static final int ED25519_BYTES = 64;
    /** The algorithms of EC keys. With a larger curve, cosign uses a larger digest, too. */
    private static final List<String> CURVE_ALGORITHMS =
            List.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA");

    private KeyCheck() {}

    static boolean isBy(PublicKey key, byte[] message, byte[] signature) {
        if (key instanceof RSAPublicKey rsa) {
            return isBy(rsa, message, signature);
        }
        return key instanceof ECPublicKey
                ? CURVE_ALGORITHMS.stream().anyMatch(algorithm -> isBy(key, algorithm, 0, message, signature))
                // Java ignores what follows after the signature.
                : signature.length == ED25519_BYTES && isBy(key, "Ed25519", 0, message, signature);
    }

    /** Checks PKCS #1 v1.5, and PSS with a salt as long as the digest or as long as the key allows. */
    private static boolean isBy(RSAPublicKey key, byte[] message, byte[] signature) {
        int longestSalt = (key.getModulus().bitLength() + 6) / 8 - DIGEST_BYTES - 2;
        return isBy(key, "SHA256withRSA", 0, message, signature)
                || isBy(key, "RSASSA-PSS", DIGEST_BYTES, message, signature)
                || isBy(key, "RSASSA-PSS", longestSalt, message, signature);
    }

    private static boolean isBy(PublicKey key, String algorithm, int salt, byte[] message, byte[] signature) {
        try {
            Signature verifying = Signature.getInstance(algorithm);
            if (salt > 0) {
                verifying.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, salt, 1));
            }
            verifying.initVerify(key);
            verifying.update(message);
            return verifying.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // The signature has another form, so it was made by a key of another kind.
        }
    }
}
