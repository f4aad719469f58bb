package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAccessTests {
    private static final URI ADDRESS = URI.create("https://mirror.example");

    private final RegistryAccess.Builder access = RegistryAccess.builder().loginFiles(false);

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:5000", "registry.example/team", " "})
    void builderWhenHostHasSchemeOrPathRefusesIt(String host) {
        String message = "'" + host + "' is not a host; write HOST or HOST:PORT";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.plainHttp(host))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.unverifiedTls(host))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.certificateAuthorities(host, Path.of("ca.pem")))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.mirror(host, ADDRESS))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.endpoint(host, ADDRESS))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://me:secret@mirror.example", "http://secret@127.0.0.1:5000", "https://me:secret@a_b"})
    void builderWhenAddressHasAUserRefusesItAndShowsNothingOfIt(String address) {
        String message = "the address of a registry has a user in front of its host; write https://HOST or"
                + " http://HOST:PORT, and give the login with credentials(...)";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.mirror("docker.io", URI.create(address)))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.endpoint("docker.io", URI.create(address)))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"me:secret@mirror.example", "https://me:secret@mirror.example/team"})
    void builderWhenNameHasAUserRefusesItAndShowsNothingOfIt(String name) {
        String message = "the name of a registry has a user in front of its host; write HOST or HOST:PORT, and give the"
                + " login with credentials(...)";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.mirror(name, ADDRESS))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.plainHttp(name))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.credentials(name, "me", "secret"))
                .withMessage(message);
    }

    @Test
    void builderWhenCredentialIsForAnAddressRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.credentials("https://ghcr.io/team", "me", "secret"))
                .withMessage("'https://ghcr.io/team' is neither a host nor a host and path; write HOST, HOST:PORT or"
                        + " HOST/PATH");
    }

    @Test
    void builderWhenAddressIsNoneRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.mirror("docker.io", URI.create("mirror.example")))
                .withMessage(
                        "'mirror.example' is not the address of a registry; write https://HOST or http://HOST:PORT");
    }

    @Test
    void builderWhenLimitIsNoneRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.stallTimeout(Duration.ZERO))
                .withMessage("a time limit must be longer than 0, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.connectTimeout(Duration.ofSeconds(-1)))
                .withMessage("a time limit must be longer than 0, not PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.retries(-1))
                .withMessage("requests cannot be repeated -1 times; 0 is never");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.requestsPerHost(0))
                .withMessage("at least 1 request per host is needed, not 0");
    }

    @Test
    void toStringWhenThereAreCredentialsShowsNoSecret() {
        access.credentials("ghcr.io/team", "me", "top secret");

        assertThat(access.build().toString()).contains("ghcr.io/team").doesNotContain("top secret");
        assertThat(RegistryCredential.of("me", "top secret").toString()).doesNotContain("top secret");
        assertThat(RegistryCredential.identityToken("top secret").toString()).doesNotContain("top secret");
    }

    @Test
    void onlyHostsWhenNameHasAPathRefusesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> access.onlyHosts("quay.io", "ghcr.io/team", " "))
                .withMessage("'ghcr.io/team' is not a host; write HOST or HOST:PORT\n"
                        + "' ' is not a host; write HOST or HOST:PORT");
    }
}
