package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTests extends RegistryFixture {
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void saveWhenRedirectedToAnotherPortFollowsWithoutTheCredential(int status) throws Exception {
        TestImage image = push();
        registry.requireBasic("me", "secret");
        try (InProcessRegistry other = InProcessRegistry.start()) {
            image.pushTo(other, "app/x", "1");
            String blob = "/v2/app/x/blobs/" + Digests.sha256(image.layer());
            registry.fault(blob, Fault.status(status, 1, "Location", other.endpoint() + blob + "?signature=x"));

            saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

            assertThat(other.requests()).containsExactly("GET " + blob);
            assertThat(other.authorizations()).isEmpty();
        }
    }

    @Test
    void saveWhenRedirectedToAHostThatMayNotBeAccessedSendsNothing() throws Exception {
        TestImage image = push();
        try (InProcessRegistry other = InProcessRegistry.start()) {
            String blob = "/v2/app/x/blobs/" + Digests.sha256(image.layer());
            registry.fault(blob, Fault.status(307, 1, "Location", other.endpoint() + blob));

            assertThatExceptionOfType(ImageSaveException.class)
                    .isThrownBy(
                            () -> saving(settings().onlyHosts(registry.host())).save("app/x:1"))
                    .withMessageEndingWith(
                            other.host() + " may not be accessed, but only " + registry.host() + "; allow the host "
                                    + other.host() + " (onlyHosts), to which " + registry.host() + " sends on");
            assertThat(other.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/app/y/blobs/", "../../y/blobs/", "http://HOST/v2/app/y/blobs/"})
    void saveWhenRedirectedOnTheSameHostKeepsTheCredential(String location) throws Exception {
        TestImage image = push();
        registry.requireBasic("me", "secret");
        String layer = Digests.sha256(image.layer()).toString();
        registry.fault(
                "/app/x/blobs/" + layer,
                Fault.status(302, 1, "Location", location.replace("HOST", registry.host()) + layer));

        saving(settings().credentials(registry.host(), "me", "secret")).save("app/x:1");

        assertThat(registry.requests("GET /v2/app/y/blobs/" + layer)).isEqualTo(1);
    }

    @Test
    void saveWhenRedirectedWithoutEndStops() {
        push();
        registry.fault("/manifests/1", Fault.status(302, 99, "Location", "/v2/app/x/manifests/1"));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(registry.host() + " redirects without end; ask who runs it");
        assertThat(registry.requests()).hasSize(11);
    }

    @Test
    void saveWhenRedirectedToPlainHttpNobodyAllowedRefusesIt() {
        push();
        registry.fault("/manifests/1", Fault.status(302, 1, "Location", "http://storage.example/blob?secret=s"));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(
                        registry.host() + " redirects to http://storage.example; allow plain HTTP for that host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?a={b}|c", "?a=b c&d=\"e\"", "?a=%zz^", "?s=a%2Fb%3D", "#part", "?caf\u00c3\u00a9=1"})
    void saveWhenRedirectedToAnAddressWithUnusualCharactersFollows(String end) throws Exception {
        TestImage image = push();
        String layer = Digests.sha256(image.layer()).toString();
        registry.fault("/app/x/blobs/" + layer, Fault.status(307, 1, "Location", "/v2/app/y/blobs/" + layer + end));

        saving().save("app/x:1");

        assertThat(registry.requests("GET /v2/app/y/blobs/" + layer)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_store:9000/x, 'http://my_store:9000; this name of a host cannot be used; ask who runs HOST for one of letters, digits, dots and hyphens'",
        "ftp://store.example/x, ftp://store.example; ask who runs HOST",
        "https://[::1/x, no address; ask who runs HOST"
    })
    void saveWhenRedirectedWhereNobodyCanGoSaysSo(String location, String end) {
        push();
        registry.fault("/manifests/1", Fault.status(302, 9, "Location", location));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving().save("app/x:1"))
                .withMessageEndingWith(
                        ": " + registry.host() + " redirects to " + end.replace("HOST", registry.host()));
    }

    @Test
    void saveWhenRedirectedToAHostThatIsNotThereNamesBoth() throws Exception {
        TestImage image = push();
        int port = freePort();
        registry.fault(
                Digests.sha256(image.layer()).toString(),
                Fault.status(307, 9, "Location", "http://127.0.0.1:" + port + "/x?signature=secret"));

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> saving(settings().retries(0)).save("app/x:1"))
                .withMessageContaining(": 127.0.0.1:" + port + " failed: ")
                .withMessageEndingWith("; check whether 127.0.0.1:" + port + ", to which " + registry.host()
                        + " sends on, can be reached from here: the network and the proxy");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
