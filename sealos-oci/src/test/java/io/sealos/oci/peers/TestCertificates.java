package io.sealos.oci.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate of an authority, and a key with the certificate that the authority signed for 127.0.0.1. They are
 * valid until 2119, so that no test has to wait for the JDK's keytool, which made them: {@code -genkeypair -keyalg EC}
 * for {@code ca} with {@code -ext bc:c} and for {@code host}, {@code -certreq}, {@code -gencert -ext
 * san=ip:127.0.0.1,dns:localhost}, and {@code -importcert} of both.
 */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** {@return the certificates, as files in a directory} */
    public static TestCertificates in(Path directory) throws IOException {
        for (String name : List.of("ca.pem", "host.pem", "host.p12", "other-ca.pem")) {
            try (InputStream content = TestCertificates.class.getResourceAsStream("certificates/" + name)) {
                Files.copy(Objects.requireNonNull(content, name), directory.resolve(name));
            }
        }
        return new TestCertificates(directory);
    }

    /** {@return the certificate of an authority that has signed nothing, as PEM} */
    public Path otherAuthority() {
        return directory.resolve("other-ca.pem");
    }

    /** {@return the authority's own certificate, as PEM} */
    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** {@return the certificate for 127.0.0.1, as PEM} */
    public Path host() {
        return directory.resolve("host.pem");
    }

    /** {@return the key and certificate for 127.0.0.1, as PKCS12 with the password changeit} */
    public Path keyStore() {
        return directory.resolve("host.p12");
    }

    /** {@return the key for 127.0.0.1, as PEM} */
    public byte[] key() throws IOException, GeneralSecurityException {
        byte[] encoded = load(keyStore()).getKey("host", PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder().encodeToString(encoded);
        return ("-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** {@return a context that shows the certificate for 127.0.0.1 and trusts the authority} */
    public SSLContext context() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore()), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private KeyStore authorities() throws IOException, GeneralSecurityException {
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        try (InputStream content = Files.newInputStream(authority())) {
            authorities.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(content));
        }
        return authorities;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, PASSWORD.toCharArray());
        }
        return store;
    }
}
