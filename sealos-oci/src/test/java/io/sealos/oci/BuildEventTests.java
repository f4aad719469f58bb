package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildEventTests {
    private static final String MARKER = "marker-secret";
    private static final String CONFIG = "{\"os\":\"linux\",\"architecture\":\"amd64\"}";

    @TempDir
    Path directory;

    private final List<BuildEvent> heard = new CopyOnWriteArrayList<>();
    private InProcessRegistry registry;
    private Digest config;
    private Digest manifest;

    @BeforeEach
    void start() throws IOException {
        Path context = Files.createDirectories(directory.resolve("context/images/shim"));
        Files.writeString(context.resolve("list"), "one.example/app:1\n");
        Files.writeString(directory.resolve("context/Kubefile"), "FROM scratch\nCOPY registry registry\n");
        registry = InProcessRegistry.start();
        config = registry.putBlob(CONFIG.getBytes(StandardCharsets.UTF_8));
        String text = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\","
                + "\"digest\":\"" + config + "\",\"size\":" + CONFIG.length() + "},\"layers\":[]}";
        manifest = registry.putManifest(
                "app", "1", "application/vnd.oci.image.manifest.v1+json", text.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writeToWhenImagesAreFetchedTellsEachStep() throws IOException {
        registry.fault("/manifests/1", Fault.status(503, 1, "Retry-After", "0"));

        BuildResult done = write("out", heard::add, access());

        assertThat(heard).extracting(BuildEvent::toString).containsExactlyElementsOf(told(done));
        assertThat(heard)
                .filteredOn(BuildEvent.RequestRetried.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        BuildEvent.RequestRetried.class,
                        retried -> assertThat(retried.pause()).isEqualTo(Duration.ZERO));
    }

    private List<String> told(BuildResult done) {
        BuildLayer layer = done.layers().get(0);
        return List.of(
                "started to build",
                "started SCAN",
                "completed SCAN",
                "completed to build",
                "started to write oci:" + directory.resolve("out"),
                "started RESOLVE, 1 items",
                registry.host() + " answered 503 for one.example/app:1, trying again in 0 ms",
                "resolved one.example/app:1 " + manifest + " at " + registry.host(),
                "completed RESOLVE",
                "started FETCH, 1 items, 37 bytes",
                "fetching " + config + " of one.example/app:1 from " + registry.host() + ", 37 bytes",
                "fetched " + config + " of one.example/app:1 from " + registry.host() + ", 37 bytes",
                "completed FETCH",
                "saved one.example/app:1 " + manifest,
                "started LAYERS, 1 items, 511 bytes",
                "writing layer Kubefile:2: COPY registry registry, 511 bytes of files",
                "wrote layer Kubefile:2: COPY registry registry " + layer.digest() + ", " + layer.size() + " bytes",
                "completed LAYERS",
                "wrote " + done.digest(),
                "completed to write oci:" + directory.resolve("out"));
    }

    @Test
    void writeToWhenListenerThrowsGoesOnWithoutItAndTellsTheHandler() throws Exception {
        assertGoesOnWithoutListener(new IllegalStateException("no more events"));
    }

    @Test
    void writeToWhenListenerOfAnotherLanguageThrowsACheckedExceptionGoesOnWithoutIt() throws Exception {
        assertGoesOnWithoutListener(new IOException("no more events"));
    }

    private void assertGoesOnWithoutListener(Exception thrown) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        BuildListener failing = event -> {
            calls.incrementAndGet();
            BuildEventTests.<RuntimeException>throwUnchecked(thrown);
        };
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        try {
            assertThat(write("out", failing, access()).images()).hasSize(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(calls).hasValue(1);
        assertThat(uncaught).singleElement().extracting(Throwable::getMessage).isEqualTo("no more events");
    }

    /** Throws any exception as other languages do, which have no checked exceptions. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Exception> void throwUnchecked(Exception thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void writeToWhenOfflineNeedsWhatAnEarlierBuildLeft() throws IOException {
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder(heard::add, access())
                        .offline(true)
                        .build()
                        .writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessageContaining("one.example/app:1 (images/shim/list:1): the build is offline");
        assertThat(registry.requests()).isEmpty();

        write("out", BuildListener.NONE, access());
        builder(heard::add, access()).offline(true).build().writeTo(OciLayout.directory(directory.resolve("again")));

        assertThat(OciLayoutVerifier.verify(directory.resolve("again")).isValid())
                .isTrue();
        assertThat(Files.readString(directory.resolve("again/index.json")))
                .isEqualTo(Files.readString(directory.resolve("out/index.json")));
    }

    @Test
    void writeToWhenThereAreSecretsShowsThemNowhere() throws IOException {
        Files.createDirectories(directory.resolve(".docker"));
        Files.writeString(
                directory.resolve(".docker/config.json"),
                "{\"auths\":{\"other.example\":{\"identitytoken\":\"" + MARKER + "\"}}}");
        RegistryAccess good = accessWith(MARKER);
        RegistryAccess bad = accessWith(MARKER + "-not");

        registry.requireToken("me", MARKER);
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> write("failed", heard::add, bad))
                .satisfies(BuildEventTests::hasNoSecret);
        registry.requireBasic("me", MARKER);
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> write("failed", heard::add, bad))
                .satisfies(BuildEventTests::hasNoSecret);
        write("out", heard::add, good);

        assertThat(good.toString() + bad + heard).doesNotContain(MARKER);
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("config.json")))
                    .hasSizeGreaterThan(8)
                    .allSatisfy(file -> assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .doesNotContain(MARKER)
                            .doesNotContain("bWU6bWFya2Vy"));
        }
    }

    private static void hasNoSecret(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(MARKER);
            List.of(cause.getSuppressed()).forEach(BuildEventTests::hasNoSecret);
        }
    }

    private RegistryAccess access() {
        return RegistryAccess.builder()
                .loginFiles(false)
                .endpoint("one.example", registry.endpoint())
                .build();
    }

    private RegistryAccess accessWith(String secret) {
        return RegistryAccess.builder()
                .loginFiles(Map.of(), directory)
                .endpoint("one.example", registry.endpoint())
                .credentials(registry.host(), "me", secret)
                .build();
    }

    private BuildResult write(String out, BuildListener listener, RegistryAccess access) throws IOException {
        return builder(listener, access).build().writeTo(OciLayout.directory(directory.resolve(out)));
    }

    private ClusterImageBuilder builder(BuildListener listener, RegistryAccess access) {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .listener(listener)
                .registryAccess(access);
    }
}
