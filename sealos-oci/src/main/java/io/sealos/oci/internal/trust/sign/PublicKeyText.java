package io.sealos.oci.internal.trust.sign;

import io.sealos.oci.trust.SigningKeyException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads public keys in PEM. */
public final class PublicKeyText {
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PUBLIC_KEY = "PUBLIC KEY";

    private PublicKeyText() {}

    /**
     * {@return the public key in a text, or that of the certificate in it}
     *
     * @param place the place of the text for messages
     * @throws SigningKeyException if there is no such key, or it is of another kind
     */
    public static PublicKey parse(String text, String place) {
        for (String label : List.of(PUBLIC_KEY, CERTIFICATE)) {
            String begin = "-----BEGIN " + label + "-----";
            int start = text.indexOf(begin);
            int end = start < 0 ? -1 : text.indexOf("-----END " + label + "-----", start + begin.length());
            if (end >= 0) {
                PublicKey key = key(label, decoded(text.substring(start + begin.length(), end), place), place);
                KeyPairs.check(key, place);
                return key;
            }
        }
        throw new SigningKeyException(
                place, "it has no public key in PEM", "name the public key, such as cosign.pub, or a certificate");
    }

    private static byte[] decoded(String body, String place) {
        try {
            return Base64.getMimeDecoder().decode(body.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new SigningKeyException(place, "it is not valid Base64", "copy the whole text again");
        }
    }

    private static PublicKey key(String label, byte[] der, String place) {
        if (label.equals(CERTIFICATE)) {
            try {
                X509Certificate certificate = (X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
                certificate.checkValidity();
                return certificate.getPublicKey();
            } catch (CertificateExpiredException | CertificateNotYetValidException e) {
                throw new SigningKeyException(
                        place,
                        "its certificate is not valid now",
                        "give a certificate that is valid, or its public key");
            } catch (GeneralSecurityException e) {
                throw invalid("the certificate", place);
            }
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // It is a key of another algorithm, or of none that is known.
            }
        }
        throw invalid("the public key", place);
    }

    private static SigningKeyException invalid(String what, String place) {
        return new SigningKeyException(
                place, what + " in it is not valid, or its kind is not supported", "use an EC, RSA or Ed25519 key");
    }
}
