package io.sealos.oci.internal.trust.check;

import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.internal.trust.sign.KeyPairs;
import io.sealos.oci.internal.trust.sign.PemBlock;
import io.sealos.oci.trust.SigningKeyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/** Reads the file of a public key. */
public final class PublicKeyFile {
    private static final String FIX = "name a file that begins with -----BEGIN PUBLIC KEY-----, such as cosign.pub";

    private PublicKeyFile() {}

    /** {@return the key in a file in PEM, which may be that of a certificate} */
    public static PublicKey read(Path file) throws IOException {
        return parse(PemBlock.bytes(file), RequiredPath.shown(file));
    }

    /**
     * {@return the key in a text in PEM, which may be that of a certificate}
     *
     * @param place the place of the text for messages
     */
    public static PublicKey parse(byte[] pem, String place) {
        PemBlock block = PemBlock.first(pem)
                .orElseThrow(() -> new SigningKeyException(place, "it has no public key in PEM", FIX));
        byte[] der = block.decoded(place);
        Optional<PublicKey> key = switch (block.label()) {
            case "PUBLIC KEY" -> publicKey(der);
            case "CERTIFICATE" -> certified(der, place);
            default -> throw new SigningKeyException(place, "'" + block.label() + "' is not a public key", FIX);
        };
        PublicKey known =
                key.orElseThrow(() -> new SigningKeyException(place, "it has no valid EC, RSA or Ed25519 key", FIX));
        KeyPairs.check(known, place);
        return known;
    }

    private static Optional<PublicKey> publicKey(byte[] der) {
        return List.of("EC", "RSA", "Ed25519").stream()
                .flatMap(algorithm -> publicKey(algorithm, der).stream())
                .findFirst();
    }

    private static Optional<PublicKey> publicKey(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // It is a key of another algorithm, or of none that is known.
        }
    }

    private static Optional<PublicKey> certified(byte[] der, String place) {
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            certificate.checkValidity();
            return Optional.of(certificate.getPublicKey());
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            throw new SigningKeyException(
                    place, "its certificate is not valid now", "give a certificate that is valid, or its public key");
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
