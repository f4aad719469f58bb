package io.sealos.oci.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority, and what it signed for 127.0.0.1, made by the JDK's keytool in a directory. */
public final class TestCertificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** {@return new certificates} */
    public static TestCertificates create(Path directory) throws IOException, InterruptedException {
        TestCertificates made = new TestCertificates(directory);
        made.keytool("ca", "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c", "-validity", "9");
        made.keytool("ca", "-exportcert", "-rfc", "-file", made.authority().toString());
        made.keytool("host", "-genkeypair", "-keyalg", "EC", "-dname", "CN=host", "-validity", "9");
        made.keytool("host", "-certreq", "-file", directory + "/host.csr");
        String[] sign = {"-gencert", "-rfc", "-infile", directory + "/host.csr", "-outfile", directory + "/host.pem"};
        made.keytool("ca", with(sign, "-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "9"));
        made.keytool("ca", "host", "-importcert", "-noprompt", "-file", made.authority() + "", "-trustcacerts");
        made.keytool("host", "-importcert", "-noprompt", "-file", directory + "/host.pem");
        return made;
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
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("ca", load(directory.resolve("ca.p12")).getCertificate("ca"));
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, PASSWORD.toCharArray());
        }
        return store;
    }

    private static String[] with(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private void keytool(String store, String... arguments) throws IOException, InterruptedException {
        boolean other = !arguments[0].startsWith("-");
        String[] rest = other ? List.of(arguments).subList(1, arguments.length).toArray(String[]::new) : arguments;
        List<String> command =
                new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool") + "", rest[0]));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-alias", store, "-keystore"));
        command.add(directory.resolve((other ? arguments[0] : store) + ".p12").toString());
        command.addAll(List.of(rest).subList(1, rest.length));
        Path log = directory.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool failed: " + Files.readString(log));
        }
    }
}
