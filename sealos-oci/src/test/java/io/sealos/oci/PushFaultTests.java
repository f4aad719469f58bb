package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.sealos.oci.peers.TcpRelay;
import io.sealos.oci.testing.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests faults during a push: either the image arrives completely, or an error gives the reason. */
class PushFaultTests extends PushFixture {
    private static final String APP = "hub.example/team/app:1";
    private static final String UPLOADS = "/blobs/uploads/";

    /** A host that is not the registry and takes uploads. */
    private HttpServer storage;

    private final List<String> seenByStorage = new CopyOnWriteArrayList<>();

    @BeforeEach
    void startStorage() throws IOException {
        storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        storage.createContext("/", exchange -> {
            try (exchange) {
                registry.putBlob(exchange.getRequestBody().readAllBytes());
                seenByStorage.add(exchange.getRequestURI().getRawQuery() + " "
                        + exchange.getRequestHeaders().containsKey("Authorization"));
                exchange.sendResponseHeaders(201, -1);
            }
        });
        storage.start();
    }

    @AfterEach
    void stopStorage() {
        storage.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"HEAD,/blobs/sha256", "POST,/blobs/uploads/", "PUT,/blobs/uploads/", "PUT,/manifests/1"})
    void writeToWhenServerFailsThriceTriesAgain(String method, String path) throws IOException {
        registry.fault(method, path, Fault.status(500, 3, "Retry-After", "0"));

        push(APP);

        assertThat(heard("answered 500 for hub.example/team/app:1, trying again in 0 ms"))
                .hasSize(3);
        assertThat(heard("pushed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOADS, "/manifests/1"})
    void writeToWhenRegistryLimitsRequestsWaitsAsLongAsItSays(String path) throws IOException {
        registry.fault("PUT", path, Fault.status(429, 1, "Retry-After", "1"));

        push(APP);

        assertThat(heard("answered 429 for hub.example/team/app:1, trying again in 1000 ms"))
                .hasSize(1);
    }

    @Test
    void writeToWhenServerFailsForGoodSaysWhichPartsAndWhy() throws IOException {
        registry.fault("PUT", UPLOADS, Fault.status(500, 99, "Retry-After", "0"));
        RegistryAccess access = access().retries(1).build();

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().registryAccess(access).build().writeTo(RegistryImage.of(APP)))
                .withMessageMatching("hub\\.example/team/app:1 could not be pushed:\n  "
                        + "sha256:[0-9a-f]{64}, sha256:[0-9a-f]{64}, sha256:[0-9a-f]{64}: " + registry.host()
                        + " answered 500 \\(FAULT\\); try again later or ask who runs " + registry.host())
                .satisfies(e -> assertThat(e.failures()).hasSize(3).allSatisfy(failure -> {
                    assertThat(failure.host()).isEqualTo(registry.host());
                    assertThat(failure.status()).isEqualTo(500);
                }));
        assertThat(registry.requests("manifests")).isZero();
    }

    @Test
    void writeToWhenTokenExpiresInTheMiddleAsksForANewOne() throws IOException {
        registry.requireToken("me", "secret");
        String challenge = "Bearer realm=\"" + registry.endpoint() + "/token\"";
        registry.fault("PUT", UPLOADS, Fault.status(401, 1, "WWW-Authenticate", challenge));
        RegistryAccess access =
                access().credentials(registry.host(), "me", "secret").build();

        builder().executor(Runnable::run).registryAccess(access).build().writeTo(RegistryImage.of(APP));

        assertThat(registry.requests("GET /token")).isEqualTo(2);
        assertThat(heard("pushed")).hasSize(1);
    }

    @Test
    void writeToWhenRegistryWantsALoginSaysSo() {
        registry.requireBasic("me", "secret");

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageEndingWith(": " + registry.host() + " answered 401 (UNAUTHORIZED); log in to "
                        + registry.host() + " or give a credential for it");
    }

    @Test
    void writeToWhenCredentialMayNotPushSaysSo() {
        registry.fault("POST", UPLOADS, Fault.status(403, 9));
        RegistryAccess access =
                access().credentials(registry.host(), "me", "secret").build();

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().registryAccess(access).build().writeTo(RegistryImage.of(APP)))
                .withMessageEndingWith(": " + registry.host() + " answered 403 (FAULT); the credential for "
                        + registry.host() + " may not push to this repository");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 500, 200_000})
    void writeToWhenConnectionIsResetBeginsTheUploadAnew(long afterBytes) throws IOException {
        try (TcpRelay relay = TcpRelay.to(registry.endpoint().getPort(), Duration.ZERO)) {
            relay.resetUploads(2, afterBytes);

            pushThrough(relay, access());

            assertThat(heard("failed: ")).isNotEmpty();
            assertThat(heard("pushed")).hasSize(1);
        }
    }

    /** In the first line, in the headers, and in a later answer on the same connection. */
    @ParameterizedTest
    @ValueSource(longs = {10, 60, 900})
    void writeToWhenAnswerIsCutOffDoesNotSendWhatHasArrived(long afterBytes) throws IOException {
        try (TcpRelay relay = TcpRelay.to(registry.endpoint().getPort(), Duration.ZERO)) {
            relay.reset(1, afterBytes);

            pushThrough(relay, access());

            assertThat(heard("failed: ")).hasSize(1);
            assertThat(heard("pushed")).hasSize(1);
        }
        assertThat(registry.uploadedBytes()).isLessThan(2 * BIG);
    }

    @Test
    void writeToWhenUploadIsForgottenBeginsItAnew() throws IOException {
        registry.fault("PUT", UPLOADS, Fault.status(404, 1));

        push(APP);

        assertThat(heard("failed: the upload that it began is not known any more"))
                .hasSize(1);
        assertThat(registry.requests("POST")).isEqualTo(4);
    }

    @Test
    void writeToWhenRegistryTakesNoMoreBytesGivesUpAfterTheLimit() throws IOException {
        write("big", "x".repeat(20 << 20));
        registry.fault("PUT", UPLOADS, Fault.delay(Duration.ofSeconds(20), 9));
        RegistryAccess access =
                access().retries(0).stallTimeout(Duration.ofMillis(400)).build();
        long begin = System.nanoTime();

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().registryAccess(access).build().writeTo(RegistryImage.of(APP)))
                .withMessageContaining(registry.host() + " failed: no byte came or went for 400 ms; check the name of"
                        + " the host, the network and the proxy");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2$s?state=a%%2Fb", "/v2/%1$s/blobs/uploads/%2$s?state=a%%2Fb"})
    void writeToWhenUploadAddressIsRelativeWithAQueryKeepsBoth(String format) throws IOException {
        registry.uploadLocations(format);

        push(APP);

        assertThat(registry.requests("PUT /v2/team/app/blobs/uploads/upload-")).isEqualTo(3);
    }

    @Test
    void writeToWhenUploadGoesToAnotherHostGivesItNoCredential() throws IOException {
        registry.requireBasic("me", "secret");
        registry.uploadLocations("http://127.0.0.1:" + storage.getAddress().getPort() + "/%2$s?state=a%%2Fb");
        RegistryAccess access =
                access().credentials(registry.host(), "me", "secret").build();

        builder().registryAccess(access).build().writeTo(RegistryImage.of(APP));

        assertThat(seenByStorage).hasSize(3).allMatch(line -> line.matches("state=a%2Fb&digest=sha256:.{64} false"));
    }

    @Test
    void writeToWhenUploadIsRedirectedToAnotherHostGivesItNoCredential() throws IOException {
        registry.requireBasic("me", "secret");
        String address = "http://127.0.0.1:" + storage.getAddress().getPort() + "/there";
        registry.fault("PUT", UPLOADS, Fault.status(307, 3, "Location", address));
        RegistryAccess access =
                access().credentials(registry.host(), "me", "secret").build();

        builder().registryAccess(access).build().writeTo(RegistryImage.of(APP));

        assertThat(seenByStorage).containsOnly("null false").hasSize(3);
    }

    @Test
    void writeToWhenUploadAddressIsPlainHttpOfAnUnknownHostRefusesIt() {
        registry.uploadLocations("http://elsewhere.example/%2$s");

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageEndingWith(": " + registry.host()
                        + " redirects to http://elsewhere.example; allow plain HTTP for that host");
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOADS, "/manifests/1"})
    void writeToWhenRegistryHasStoredSomethingElseFails(String path) {
        String other = "sha256:" + "0".repeat(64);
        registry.fault("PUT", path, Fault.status(201, 9, "Docker-Content-Digest", other));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessageContaining(registry.host() + " says that it has " + other + " instead of sha256:")
                .withMessageEndingWith("; the registry or a proxy before it changes content");
    }

    @Test
    void writeToWhenManifestIsRefusedNamesTheTag() {
        registry.fault("PUT", "/manifests/1", Fault.status(400, 9));

        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> push(APP))
                .withMessage("hub.example/team/app:1 could not be pushed:\n  tag 1: " + registry.host()
                        + " answered 400 (FAULT); try again later or ask who runs " + registry.host());
    }

    @Test
    void writeToWhenManifestPutIsCutOffTriesAgain() throws IOException {
        push("hub.example/team/app:0");
        try (TcpRelay relay = TcpRelay.to(registry.endpoint().getPort(), Duration.ZERO)) {
            // The blobs are only asked for; the first thing of that size is the manifest.
            relay.resetUploads(1, 1500);

            pushThrough(relay, access());
        }
        assertThat(registry.requests("PUT /v2/team/app/manifests/1")).isPositive();
    }

    @Test
    void writeToWhenInterruptedStopsPromptlyAndLeavesNoThread() throws Exception {
        registry.fault("PUT", UPLOADS, Fault.delay(Duration.ofSeconds(20), 9));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread pushing = new Thread(() -> {
            try {
                push(APP);
            } catch (IOException e) {
                thrown.set(e);
            }
        });
        pushing.start();
        while (heard("sending").isEmpty()) {
            Thread.sleep(5);
        }

        pushing.interrupt();
        pushing.join(5000);

        assertThat(thrown.get())
                .isInstanceOf(InterruptedIOException.class)
                .hasMessage("interrupted while the image was pushed");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sealos-"));
    }

    @Test
    void writeToWhenAPushBrokeOffSendsTheRestOnly() throws IOException {
        registry.fault("PUT", UPLOADS, Fault.status(500, 1, "Retry-After", "0"));
        RegistryAccess once = access().retries(0).build();
        assertThatExceptionOfType(ImagePushException.class)
                .isThrownBy(() -> builder().registryAccess(once).build().writeTo(RegistryImage.of(APP)))
                .satisfies(e -> assertThat(e.failures()).hasSize(1));

        push(APP);

        assertThat(heard("it is there")).hasSize(2);
        assertThat(heard("pushed")).hasSize(1);
    }

    private void pushThrough(TcpRelay relay, RegistryAccess.Builder access) throws IOException {
        RegistryAccess relayed = access.endpoint("hub.example", URI.create("http://" + relay.host()))
                .build();
        builder().registryAccess(relayed).executor(Runnable::run).build().writeTo(RegistryImage.of(APP));
    }
}
