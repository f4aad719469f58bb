package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries that take images otherwise than the specification says. */
class PushQuirkTests extends PushFixture {
    private static final String APP = "hub.example/team/app:1";
    private static final String OTHER = "hub.example/secret/other:1";
    private static final String UPLOADS = "/blobs/uploads/";
    private static final String PAGE = "<html>Please log in</html>";

    /** A mount only spares bytes. */
    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 400, 401, 403, 404, 405, 409, 429, 500, 501, 502, 503})
    void writeToWhenMountIsRefusedInAnyWaySendsTheBytes(int status) throws IOException {
        push(APP);
        registry.fault("POST", "mount=", Fault.status(status, 99));

        push(OTHER);

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
        assertThat(registry.queries())
                .filteredOn(query -> query.startsWith("mount="))
                .hasSize(3);
        assertThat(heard("trying again")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404})
    void writeToWhenTokenForTwoRepositoriesIsRefusedAsksForOne(int status) throws IOException {
        registry.requireToken("me", "secret");
        RegistryAccess access =
                access().credentials(registry.host(), "me", "secret").build();
        ClusterImageBuilder builder = builder().registryAccess(access).executor(Runnable::run);
        builder.build().writeTo(RegistryImage.of(APP));
        registry.fault("GET", "push&scope=", Fault.status(status, 99));

        builder.build().writeTo(RegistryImage.of(OTHER));

        assertThat(registry.requests("PUT /v2/secret/other/blobs/uploads/")).isEqualTo(3);
        assertThat(registry.queries())
                .filteredOn(query -> query.contains("push&scope="))
                .hasSize(1);
        assertThat(heard("pushed")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 203, 204})
    void writeToWhenUploadIsAnsweredAsIfItWereDoneFails(int status) {
        registry.fault("POST", UPLOADS, Fault.answer(status, 9, "application/json", ""));

        assertFails(registry.host() + " answered " + status + " to the beginning of an upload instead of 202; check the"
                + " name of the registry, or ask who runs " + registry.host());
        assertThat(registry.requests("PUT")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?_state={\"a\":\"b|c\"}", "?a=b c", "?a=[b]^`\\<>", "?a=100%%25&b=%%zz", "?", "#part"})
    void writeToWhenUploadAddressHasUnusualCharactersFindsIt(String end) throws IOException {
        registry.uploadLocations("/v2/%1$s/blobs/uploads/%2$s" + end);

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/upload-")).isEqualTo(3);
    }

    @Test
    void writeToWhenUploadAddressNamesAHostThatCannotBeSaysSo() {
        registry.uploadLocations("http://my_store:9000/%2$s");

        assertFails(registry.host() + " redirects to http://my_store:9000; this name of a host cannot be used; ask who"
                + " runs " + registry.host() + " for one of letters, digits, dots and hyphens");
    }

    @Test
    void writeToWhenEverythingIsALoginPageSaysSo() {
        for (String method : new String[] {"HEAD", "GET", "POST", "PUT"}) {
            registry.fault(method, "/v2/", Fault.answer(200, 99, "text/html", PAGE));
        }

        assertFails(webPage("beginning an upload"));
    }

    @Test
    void writeToWhenManifestIsAnsweredWithALoginPageSaysSo() {
        registry.fault("PUT", "/manifests/", Fault.answer(200, 9, "text/html", PAGE));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessage(
                        "hub.example/team/app:1 could not be pushed:\n  tag 1: " + webPage("storing the manifest"));
    }

    private String webPage(String instead) {
        return registry.host() + " sent a web page instead of " + instead + "; check the name of the registry, and"
                + " whether a proxy or a login page stands before " + registry.host();
    }

    @Test
    void writeToWhenALoginPageSaysThatBlobsAreThereSendsThem() throws IOException {
        registry.fault("HEAD", "/blobs/", Fault.answer(200, 3, "text/html", PAGE));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void writeToWhenBytesAreTakenButNotStoredFails(int status) {
        registry.fault("PUT", UPLOADS, Fault.answer(status, 9, "application/json", ""));

        assertFails(registry.host() + " answered " + status + " to the bytes of a blob, but does not have it then;"
                + " check the name of the registry, or ask who runs " + registry.host());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void writeToWhenBytesAreStoredUnderAnotherStatusGoesOn(int status) throws IOException {
        HttpServer storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", exchange -> {
            try (exchange) {
                registry.putBlob(exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(status, -1);
            }
        });
        storage.start();
        try {
            registry.uploadLocations("http://127.0.0.1:" + storage.getAddress().getPort() + "/%2$s");

            push(APP);
        } finally {
            storage.stop(0);
        }
        assertThat(heard("pushed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 MANIFEST_BLOB_UNKNOWN", "400 BLOB_UNKNOWN", "404 MANIFEST_UNKNOWN"})
    void writeToWhenRegistryDoesNotFindTheBlobsAtOnceTriesAgain(String answer) throws IOException {
        registry.fault("PUT", "/manifests/", unknown(answer, 2));

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/manifests/1")).isEqualTo(3);
    }

    @Test
    void writeToWhenRegistryNeverFindsTheBlobsSaysSo() {
        registry.fault("PUT", "/manifests/", unknown("404 MANIFEST_BLOB_UNKNOWN", 99));
        RegistryAccess once = access().retries(0).build();

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().registryAccess(once).build().writeTo(RegistryImage.of(APP)))
                .withMessage("hub.example/team/app:1 could not be pushed:\n  tag 1: " + registry.host()
                        + " answered 404 (MANIFEST_BLOB_UNKNOWN); it does not find what it has taken; push again later"
                        + " or ask who runs " + registry.host());
    }

    @Test
    void writeToWhenRepositoryIsUnknownSaysThatItMayHaveToBeCreated() {
        registry.fault(
                "POST",
                UPLOADS,
                Fault.answer(404, 9, "application/json", "{\"errors\":[{\"code\":\"NAME_UNKNOWN\"}]}"));

        assertFails(
                registry.host() + " answered 404 (NAME_UNKNOWN); check the name; some registries want the project or"
                        + " the repository to be created first");
    }

    private static Fault unknown(String answer, int times) {
        String[] parts = answer.split(" ", 2);
        String body = "{\"errors\":[{\"code\":\"" + parts[1] + "\",\"message\":\"unknown\"}]}";
        return Fault.answer(Integer.parseInt(parts[0]), times, "application/json", body);
    }

    private void assertFails(String message) {
        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageMatching(
                        "hub\\.example/team/app:1 could not be pushed:\n  (sha256:[0-9a-f]{64}(, )?){3}: \\Q" + message
                                + "\\E");
    }
}
