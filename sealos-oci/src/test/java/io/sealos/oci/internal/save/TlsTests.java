package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.peers.TestCertificates;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTests {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final String TRUST_STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    static Path certificatesDirectory;

    private static TestCertificates certificates;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = TestCertificates.in(certificatesDirectory);
    }

    @Test
    void saveWhenAuthorityIsNamedForTheHostTrustsIt() throws Exception {
        try (InProcessRegistry registry = start(false)) {
            save(access().certificateAuthorities(registry.host(), certificates.authority()), registry.host());

            assertThat(registry.requests()).hasSize(3);
        }
    }

    @Test
    void saveWhenAnotherAuthorityIsNamedTrustsThoseOfThePlatformToo() throws Exception {
        Path named = certificates.otherAuthority();
        try (InProcessRegistry registry = start(false)) {
            String host = registry.host();

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access().certificateAuthorities(host, named), host));
            withPlatformAuthorities(() -> save(access().certificateAuthorities(host, named), host));
            assertThat(registry.requests()).hasSize(3);
        }
    }

    /** Runs while the platform trusts the authority that signed the certificate of the registry. */
    private static void withPlatformAuthorities(Work work) throws Exception {
        System.setProperty(TRUST_STORE, certificates.keyStore().toString());
        System.setProperty(TRUST_STORE_PASSWORD, "changeit");
        try {
            work.run();
        } finally {
            System.clearProperty(TRUST_STORE);
            System.clearProperty(TRUST_STORE_PASSWORD);
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    @Test
    void saveWhenAuthorityIsUnknownRefusesTheHostAtOnce() throws Exception {
        try (InProcessRegistry registry = start(false);
                InProcessRegistry other = start(false)) {
            RegistryAccess.Builder access = access().certificateAuthorities(other.host(), certificates.authority());

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access, registry.host()))
                    .withMessageStartingWith("1 of 1 images could not be saved:\n  " + registry.host()
                            + "/app/x:1 (images/shim/list:1): " + registry.host() + " failed: ")
                    .withMessageEndingWith("; name its certificate authority, or allow plain HTTP for "
                            + registry.host() + " if that is what it speaks");
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void saveWhenAuthorityOfAnotherHostIsUnknownNamesThatHost() throws Exception {
        TestImage image = new TestImage("amd64", "a");
        try (InProcessRegistry registry = InProcessRegistry.start();
                InProcessRegistry store = start(false)) {
            image.pushTo(registry, "app/x", "1");
            String layer = "/v2/app/x/blobs/" + Digests.sha256(image.layer());
            registry.fault(layer, Fault.status(307, 1, "Location", store.endpoint() + layer));

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access().plainHttp(registry.host()), registry.host()))
                    .withMessageStartingWith("1 of 1 images could not be saved:\n  " + registry.host()
                            + "/app/x:1 (images/shim/list:1): " + store.host() + " failed: ")
                    .withMessageEndingWith("; name the certificate authority of " + store.host() + ", to which "
                            + registry.host() + " sends on");
        }
    }

    @Test
    void saveWhenHostIsAnExceptionAcceptsItsCertificateUnderAnyName() throws Exception {
        try (InProcessRegistry registry = start(false)) {
            String host = "127.0.0.2:" + registry.endpoint().getPort();

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() ->
                            save(access().endpoint(host, registry.endpoint()).unverifiedTls("registry.example"), host));
            save(access().endpoint(host, registry.endpoint()).unverifiedTls("127.0.0.1"), host);
        }
    }

    @Test
    void saveWhenHostMayBePlainStillChecksItsCertificate() throws Exception {
        try (InProcessRegistry registry = start(false)) {
            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(
                            access().plainHttp(registry.host()).endpoint("app.example", registry.endpoint()),
                            "app.example"))
                    .withMessageContaining("name its certificate authority");
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void saveWhenClientCertificateIsWantedTakesThatOfTheContext() throws Exception {
        try (InProcessRegistry registry = start(true)) {
            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(
                            access().certificateAuthorities(registry.host(), certificates.authority()),
                            registry.host()));
            save(access().sslContext(registry.host(), certificates.context()), registry.host());
        }
    }

    @Test
    void saveWhenCertificateNamesAnotherHostRefusesIt() throws Exception {
        try (InProcessRegistry registry = start(false)) {
            URI named = URI.create(
                    "https://localhost.localdomain:" + registry.endpoint().getPort());

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(
                            access().endpoint("app.example", named)
                                    .certificateAuthorities(named.getHost(), certificates.authority()),
                            "app.example"));
            assertThat(registry.requests()).isEmpty();
        }
    }

    @Test
    void saveWhenAuthorityFileIsNoneSaysSo() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        try (InProcessRegistry registry = start(false)) {
            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(() -> save(access().certificateAuthorities("127.0.0.1", file), registry.host()))
                    .withMessageContaining("the certificates in " + file + " cannot be read: ");
        }
    }

    private static InProcessRegistry start(boolean clientCertificate) throws Exception {
        InProcessRegistry registry = InProcessRegistry.startTls(certificates.context(), clientCertificate);
        new TestImage("amd64", "a").pushTo(registry, "app/x", "1");
        return registry;
    }

    private static RegistryAccess.Builder access() {
        return RegistryAccess.builder().loginFiles(false).retries(0);
    }

    private void save(RegistryAccess.Builder access, String host) throws IOException, InterruptedException {
        Saving.into(Files.createTempDirectory(directory, "store"), access.build())
                .save(host + "/app/x:1");
    }
}
