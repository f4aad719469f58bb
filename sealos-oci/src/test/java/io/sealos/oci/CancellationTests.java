package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancelled call is shown as cancelled, not as failed, and leaves nothing beside the content store. */
class CancellationTests {
    @TempDir
    Path directory;

    private final EventLedger ledger = new EventLedger();
    private InProcessRegistry registry;
    private ManyImages images;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        images = new ManyImages(registry, 8).put(2, context());
        TestBase base = new TestBase(false, "amd64", "{}").layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a b"));
        base.pushTo(registry, "base/app", "1");
        Files.writeString(
                context().resolve("Kubefile"), "FROM one.example/base/app:1\nCOPY opt opt\nCOPY registry registry\n");
    }

    @AfterEach
    void stop() {
        registry.close();
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource(
            value = BuildPhase.class,
            names = {"LOAD", "VERIFY"},
            mode = EnumSource.Mode.EXCLUDE)
    void callWhenPhaseIsInterruptedEndsAsCancelled(BuildPhase phase) {
        Thread caller = Thread.currentThread();
        BuildListener interrupting = event -> {
            if (event instanceof PhaseEvent.Started started && started.phase() == phase) {
                caller.interrupt();
            }
        };

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> builder(interrupting).build().writeTo(target(phase)));

        assertThat(Thread.interrupted()).as("interrupt status").isTrue();
        ledger.verify();
        assertThat(ledger.phase(phase).state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(ledger.progress.snapshot().phases())
                .noneMatch(shown -> shown.state() == Progress.State.FAILED || shown.failedItems() > 0);
        assertThat(ledger.heard)
                .doesNotHaveAnyElementsOfTypes(BuildEvent.BlobFailed.class, BuildEvent.ImageFailed.class);
        assertThat(directory.resolve("new")).doesNotExist();
        assertThat(registry.requests("/pushed/app/manifests/")).isZero();
    }

    private ImageTarget target(BuildPhase phase) {
        return phase == BuildPhase.PUSH
                ? RegistryImage.of("one.example/pushed/app:1")
                : OciLayout.archive(directory.resolve("new/deep/shop.tar"));
    }

    @Test
    void writeToWhenManifestStallsAndCallIsInterruptedHasNoFailedImage() {
        registry.fault("/team/app0/manifests/", Fault.stall(Duration.ofSeconds(30), 9));
        Thread caller = Thread.currentThread();
        BuildListener interrupting = event -> {
            if (event instanceof BuildEvent.ImageResolved resolved
                    && resolved.reference().toString().endsWith("team/app1:1")) {
                caller.interrupt();
            }
        };

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> builder(interrupting).build().writeTo(target(BuildPhase.RESOLVE)));

        assertThat(Thread.interrupted()).isTrue();
        ledger.verify();
        assertThat(ledger.phase(BuildPhase.RESOLVE).state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(ledger.heard).doesNotHaveAnyElementsOfTypes(BuildEvent.ImageFailed.class);
    }

    @Test
    void futureWhenCancelledEndsTheBuildAndTheNextOneContinues() throws Exception {
        String stalled = "/blobs/" + images.layers.get(0);
        registry.fault(stalled, Fault.stall(Duration.ofSeconds(30), 1));
        CountDownLatch fetching = new CountDownLatch(1);
        BuildListener waiting = event -> {
            if (event instanceof BuildEvent.BlobStarted begun
                    && stalled.endsWith(begun.digest().toString())) {
                fetching.countDown();
            }
        };
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Path out = directory.resolve("new/shop.tar");

        Future<BuildResult> build =
                threads.submit(() -> builder(waiting).build().writeTo(OciLayout.archive(out)));
        fetching.await();
        build.cancel(true);
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThatExceptionOfType(CancellationException.class).isThrownBy(build::get);
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.CANCELLED);
        assertThat(names(directory)).containsExactlyInAnyOrder("context", "store");
        assertThat(directory.resolve("store/incoming")).isEmptyDirectory();
        assertThat(directory.resolve("store/leases")).isEmptyDirectory();

        builder(BuildListener.NONE).build().writeTo(OciLayout.archive(out));
        assertThat(ledger.progress.snapshot().state()).isEqualTo(Progress.State.COMPLETE);
        assertThat(names(directory.resolve("new"))).containsExactly("shop.tar");
    }

    @Test
    void writeToWhenItFailsDeletesOnlyTheEmptyDirectoriesThatItCreated() throws IOException {
        Path existing = Files.createDirectory(directory.resolve("existing"));
        BuildListener other = event -> {
            if (event instanceof PhaseEvent.Started started && started.phase() == BuildPhase.LAYERS) {
                write(existing.resolve("new/of-another-call"));
                Thread.currentThread().interrupt();
            }
        };

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(
                        () -> builder(other).build().writeTo(OciLayout.directory(existing.resolve("new/deep/er/out"))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(existing)).containsExactly("new");
        assertThat(names(existing.resolve("new"))).containsExactly("of-another-call");
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void writeToWhenProcessesWereKilledDeletesWhatTheyLeft() throws IOException {
        Path out = Files.createDirectory(directory.resolve("out"));
        Path staging = Files.createDirectories(out.resolve(".sealos-staging-123/layout/blobs/sha256"));
        Path lock = Files.createFile(out.resolve(".sealos-staging-123/in-use"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(120)));
        Files.writeString(staging.resolve("layer-1.part"), "half");
        Path lease = Files.createDirectories(directory.resolve("store/leases")).resolve("build-1-left");
        Files.writeString(lease, "");
        Path part = Files.createDirectories(directory.resolve("store/incoming")).resolve("blob-1.part");
        Files.writeString(part, "half");
        Path recent = Files.writeString(part.resolveSibling("blob-2.part"), "half");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        builder(BuildListener.NONE).build().writeTo(OciLayout.archive(out.resolve("of-another-name.tar")));

        assertThat(names(out)).containsExactly("of-another-name.tar");
        assertThat(lease).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(recent).as("may be in use").exists();
    }

    @Test
    void saveRegistryWhenProcessWasKilledDeletesWhatItLeft() throws IOException {
        Path tree = directory.resolve("registry");
        Path left = Files.createDirectories(tree.resolve("docker/registry/.saving-123"));
        Files.writeString(left.resolve(".data-1.part"), "half");
        Path lock = Files.createFile(left.resolve("in-use"));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(120)));

        builder(BuildListener.NONE).build().saveRegistry(tree);

        assertThat(names(tree.resolve("docker/registry"))).containsExactlyInAnyOrder("saved-files", "v2");
    }

    private static List<String> names(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private Path context() {
        return directory.resolve("context");
    }

    private ClusterImageBuilder builder(BuildListener also) {
        return ClusterImage.builder()
                .context(context())
                .contentStore(directory.resolve("store"))
                .registryAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .endpoint("one.example", registry.endpoint())
                        .build())
                .listener(ledger.andThen(also));
    }
}
