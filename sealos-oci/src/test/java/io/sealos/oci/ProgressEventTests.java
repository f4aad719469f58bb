package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests events and progress with real builds: no item is counted twice, no sum exceeds its total, and every phase ends.
 */
class ProgressEventTests {
    @TempDir
    Path directory;

    private final EventLedger ledger = new EventLedger();
    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void writeToWhenImagesShareLayersAndRequestsFailCountsEachByteOnce(long seed) throws IOException {
        Random random = new Random(seed);
        ManyImages images = new ManyImages(registry, seed).put(1 + random.nextInt(5), context());
        List<String> platforms = ManyImages.PLATFORMS.subList(0, 1 + random.nextInt(2));
        for (int i = 0; i < random.nextInt(4); i++) {
            Digest layer = images.layers.get(random.nextInt(images.layers.size()));
            registry.fault("/blobs/" + layer, fault(random.nextInt(4)));
        }

        writeTo(target(random, platforms.size(), "cold"), platforms);
        ledger.verify();
        assertThat(ledger.closed(BuildPhase.FETCH).values()).containsOnly(1);
        assertThat(ledger.phase(BuildPhase.RESOLVE).items().done())
                .isEqualTo((long) images.names.size() * platforms.size());
        assertThat(ledger.phase(BuildPhase.FETCH).bytes().reused()).isZero();

        writeTo(target(random, platforms.size(), "warm"), platforms);
        ledger.verify();
        Progress.Phase fetch = ledger.phase(BuildPhase.FETCH);
        assertThat(fetch.state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(fetch.items().reused()).isPositive().isEqualTo(fetch.items().done());
        assertThat(fetch.bytes().reused()).isEqualTo(fetch.bytes().done());
    }

    private static Fault fault(int kind) {
        return switch (kind) {
            case 0 -> Fault.status(503, 2, "Retry-After", "0");
            case 1 -> Fault.truncatedBody(1);
            case 2 -> Fault.truncatedChunks(1);
            default -> Fault.delay(Duration.ofMillis(250), 1);
        };
    }

    private ImageTarget target(Random random, int platforms, String name) {
        return switch (random.nextInt(platforms == 1 ? 4 : 3)) {
            case 0 -> OciLayout.directory(directory.resolve(name));
            case 1 -> OciLayout.archive(directory.resolve(name));
            case 2 -> RegistryImage.of("one.example/pushed/" + name + ":1");
            default -> DockerArchive.file(directory.resolve(name));
        };
    }

    @Test
    void writeToWhenBlobArrivesSlowlyReportsChangesThatAddUp() throws IOException {
        ManyImages images = new ManyImages(registry, 5).put(1, context());
        registry.fault("/blobs/" + images.layers.get(0), Fault.delay(Duration.ofMillis(300), 1));

        writeTo(OciLayout.directory(directory.resolve("out")), List.of("linux/amd64"));

        ledger.verify();
        assertThat(ledger.heard)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                BuildEvent.BlobProgressed.class,
                                progressed -> assertThat(progressed.addedBytes())
                                        .isPositive()
                                        .isEqualTo(progressed.received())));
    }

    @Test
    void writeToWhenMirrorSendsWrongBytesCountsThemOnlyOnce() throws IOException {
        try (InProcessRegistry mirror = InProcessRegistry.start()) {
            new ManyImages(registry, 3).put(3, context());
            ManyImages images = new ManyImages(mirror, 3).put(3, directory.resolve("other"));
            mirror.fault("/blobs/" + images.layers.get(0), Fault.wrongBytes(9));
            RegistryAccess access = RegistryAccess.builder()
                    .loginFiles(false)
                    .endpoint("one.example", registry.endpoint())
                    .mirror("one.example", mirror.endpoint())
                    .build();

            builder(List.of("linux/amd64"))
                    .registryAccess(access)
                    .build()
                    .writeTo(OciLayout.directory(directory.resolve("out")));
        }

        ledger.verify();
        assertThat(ledger.closed(BuildPhase.FETCH).values()).containsOnly(1);
    }

    @Test
    void writeToWhenPlatformsHaveBaseImagesCountsACommonLayerOnce() throws IOException {
        byte[] tar = TestBase.tar("f 0644 0:0 common hello");
        TestBase amd = new TestBase(false, "amd64", "{}").layer(LayerCompression.GZIP, tar);
        TestBase arm = new TestBase(false, "arm64", "{}").layer(LayerCompression.GZIP, tar);
        amd.pushTo(registry, "base/amd64", "1");
        arm.pushTo(registry, "base/arm64", "1");
        Files.createDirectories(context());
        Files.writeString(context().resolve("Kubefile"), "ARG TARGETARCH\nFROM one.example/base/$TARGETARCH:1\n");

        BuildResult done = writeTo(OciLayout.directory(directory.resolve("out")), ManyImages.PLATFORMS);

        ledger.verify();
        assertThat(ledger.closed(BuildPhase.FETCH_BASES))
                .hasSize(3)
                .containsEntry(amd.digests().get(0) + "", 1);
        assertThat(ledger.phase(BuildPhase.LAYERS).items().done()).isEqualTo(1);
        assertThat(done.layers()).hasSize(1);
        OciLayoutVerifier.verify(directory.resolve("out")).orThrow();
    }

    @Test
    void writeToWhenBaseLayersAreUnpackedCountsTheirStoredBytes() throws IOException {
        String large = "x".repeat(500_000);
        TestBase base = new TestBase(false, "amd64", "{}")
                .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 one " + large))
                .layer(LayerCompression.ZSTD, TestBase.tar("f 0644 0:0 two " + large));
        base.pushTo(registry, "base/amd64", "1");
        Files.createDirectories(context());
        Files.writeString(context().resolve("Kubefile"), "FROM one.example/base/amd64:1\nCOPY file file\n");
        Files.writeString(context().resolve("file"), "12345");

        writeTo(DockerArchive.file(directory.resolve("out")), List.of("linux/amd64"));

        ledger.verify();
        long stored = ledger.phase(BuildPhase.FETCH_BASES).bytes().done() - base.config().length;
        assertThat(ledger.phase(BuildPhase.LAYERS).bytes().done()).isEqualTo(stored + 5);
        assertThat(ledger.phase(BuildPhase.WRITE).bytes().done()).isGreaterThan(1_000_000);
    }

    @Test
    void writeToWhenRegistryHasBlobsReportsThemAsReused() throws Exception {
        new ManyImages(registry, 4).put(2, context());
        ChangingContext.rest();
        List<String> one = List.of("linux/amd64");

        writeTo(RegistryImage.of("one.example/pushed/app:1"), one);
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.PUSH).items().reused()).isZero();

        writeTo(RegistryImage.of("one.example/pushed/app:2"), one);
        ledger.verify();
        assertReused(ledger.phase(BuildPhase.PUSH));
        assertReused(ledger.phase(BuildPhase.LAYERS));

        writeTo(RegistryImage.of("one.example/elsewhere/app:1"), one);
        ledger.verify();
        assertReused(ledger.phase(BuildPhase.PUSH));
        assertThat(ledger.heard).anyMatch(event -> event.toString().endsWith("taken from pushed/app"));
    }

    @Test
    void writeToWhenUploadStartsOverCountsItOnce() throws IOException {
        new ManyImages(registry, 4).put(1, context());
        registry.fault("PUT", "/blobs/uploads/", Fault.status(503, 2, "Retry-After", "0"));

        writeTo(RegistryImage.of("one.example/pushed/app:1"), List.of("linux/amd64"));

        ledger.verify();
        assertThat(ledger.closed(BuildPhase.PUSH).values()).containsOnly(1);
        assertThat(ledger.heard).anyMatch(BuildEvent.RequestRetried.class::isInstance);
    }

    @Test
    void saveRegistryWhenCalledAgainReportsFilesAsReused() throws IOException {
        new ManyImages(registry, 6).put(3, context());
        ClusterImage image = builder(ManyImages.PLATFORMS).build();

        image.saveRegistry(directory.resolve("registry"));
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.WRITE).items().reused()).isZero();
        assertThat(ledger.phase(BuildPhase.WRITE).bytes().done()).isPositive();

        image.saveRegistry(directory.resolve("registry"));
        ledger.verify();
        assertReused(ledger.phase(BuildPhase.WRITE));
    }

    @Test
    void writeToWhenBlobAndImageAreMissingEndsWithWhatIsThere() throws IOException {
        ManyImages images = new ManyImages(registry, 7).put(3, context());
        registry.fault("/blobs/" + images.layers.get(0), Fault.status(404, 99));
        Files.writeString(context().resolve("images/shim/more"), "one.example/team/none:1\n");

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> writeTo(OciLayout.directory(directory.resolve("out")), List.of("linux/amd64")));

        ledger.verify();
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.FAILED);
        Progress.Phase resolve = ledger.phase(BuildPhase.RESOLVE);
        assertThat(resolve.state()).isEqualTo(Progress.State.FAILED);
        assertThat(resolve.items().done()).isEqualTo(3);
        assertThat(resolve.failedItems()).isEqualTo(1);
        Progress.Phase fetch = ledger.phase(BuildPhase.FETCH);
        assertThat(fetch.state()).isEqualTo(Progress.State.FAILED);
        assertThat(fetch.failedItems()).isEqualTo(1);
        assertThat(fetch.items().done()).isEqualTo(fetch.items().total().orElseThrow() - 1);
        assertThat(ledger.heard.get(ledger.heard.size() - 1))
                .hasToString("failed to write oci:" + directory.resolve("out"));
    }

    @Test
    void writeToWhenNoImageIsThereHasNoPhaseThatReadsLikeSuccess() throws IOException {
        Files.createDirectories(context().resolve("images/shim"));
        Files.writeString(context().resolve("images/shim/list"), "one.example/team/none:1\none.example/team/no:1\n");
        Files.writeString(context().resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        ConsoleProgress console = ConsoleProgress.to(out, ConsoleProgress.Style.LINES);

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> builder(List.of("linux/amd64"))
                        .listener(ledger.andThen(console))
                        .build()
                        .writeTo(OciLayout.directory(directory.resolve("out"))));

        ledger.verify();
        assertThat(ledger.progress.snapshot().phases())
                .extracting(Progress.Phase::phase)
                .containsExactly(BuildPhase.RESOLVE);
        assertThat(shown.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll("[0-9.]+ s", "T")))
                .containsExactly(
                        "Checked the context: T",
                        "Reading manifests stopped: 0/2 images, 2 failed, T",
                        "Failed: write oci:" + directory.resolve("out") + ", T");
    }

    @Test
    void writeToWhenInterruptedClosesWhatWasBegun() throws Exception {
        ManyImages images = new ManyImages(registry, 8).put(2, context());
        String stalled = "/blobs/" + images.layers.get(0);
        registry.fault(stalled, Fault.stall(Duration.ofSeconds(30), 9));
        Thread build = Thread.currentThread();
        BuildListener interrupting = event -> {
            if (event instanceof BuildEvent.BlobStarted begun
                    && stalled.endsWith(begun.digest().toString())) {
                build.interrupt();
            }
        };

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> builder(List.of("linux/amd64"))
                        .listener(ledger.andThen(interrupting))
                        .build()
                        .writeTo(OciLayout.directory(directory.resolve("out"))));

        assertThat(Thread.interrupted()).isTrue();
        ledger.verify();
        Progress.Phase fetch = ledger.phase(BuildPhase.FETCH);
        assertThat(fetch.state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(fetch.failedItems()).isZero();
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(ledger.heard)
                .hasAtLeastOneElementOfType(BuildEvent.BlobCancelled.class)
                .doesNotHaveAnyElementsOfTypes(BuildEvent.BlobFailed.class, BuildEvent.ImageFailed.class);
        assertThat(ledger.heard.get(ledger.heard.size() - 1))
                .hasToString("cancelled to write oci:" + directory.resolve("out"));
    }

    @Test
    void writeToWhenTwoBuildsShareAListenerAddsThemUp() throws Exception {
        new ManyImages(registry, 9).put(4, context());
        CountDownLatch both = new CountDownLatch(2);
        BuildListener waiting = event -> {
            if (event instanceof CallEvent.Started call && call.call().startsWith("write")) {
                both.countDown();
                await(both);
            }
        };

        // Two threads of its own: the common pool may have one only, and the builds wait for each other.
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> one = threads.submit(() -> writeAlone("one", waiting));
            threads.submit(() -> writeAlone("other", waiting)).get();
            one.get();
        } finally {
            threads.shutdownNow();
        }

        ledger.verify();
        assertThat(ledger.closed(BuildPhase.FETCH).values()).containsOnly(2);
        Progress.Phase fetch = ledger.phase(BuildPhase.FETCH);
        assertThat(fetch.items().total())
                .hasValue(2L * ledger.closed(BuildPhase.FETCH).size());
        assertThat(fetch.items().done()).isEqualTo(fetch.items().total().orElseThrow());
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.COMPLETE);
    }

    private void writeAlone(String name, BuildListener also) {
        try {
            builder(List.of("linux/amd64"))
                    .contentStore(directory.resolve("store-" + name))
                    .listener(ledger.andThen(also))
                    .build()
                    .writeTo(OciLayout.archive(directory.resolve(name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertReused(Progress.Phase phase) {
        assertThat(phase.state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(phase.items().reused()).isPositive().isEqualTo(phase.items().done());
        assertThat(phase.bytes().reused()).isEqualTo(phase.bytes().done());
    }

    private Path context() {
        return directory.resolve("context");
    }

    private BuildResult writeTo(ImageTarget target, List<String> platforms) throws IOException {
        return builder(platforms).build().writeTo(target);
    }

    private ClusterImageBuilder builder(List<String> platforms) {
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(context())
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("one.example", registry.endpoint())
                        .build())
                .listener(ledger);
        platforms.forEach(builder::platform);
        return builder;
    }
}
