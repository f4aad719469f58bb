package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.oci.testing.InProcessRegistry;
import io.sealos.oci.testing.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The progress of a build that waits for a blob that another build fetches into the same store. */
@Timeout(120)
class SharedStoreProgressTests {
    private static final long LAYER = 8_000_000;

    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CountDownLatch fetching = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final EventLedger ledger = new EventLedger();
    private InProcessRegistry registry;
    private Path context;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        registry.putImage("one.example/team/app:1", SampleImage.of().withLayers(1, LAYER));
        registry.limitRate(4_000_000);
        context = directory.resolve("context");
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "one.example/team/app:1\n");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
    }

    @AfterEach
    void stop() {
        release.countDown();
        other.shutdownNow();
        registry.close();
    }

    @Test
    void writeToWhenAnotherBuildFetchesABlobShowsItsProgressAndCountsItOnce() throws Exception {
        Future<?> first = fetchAHalf();

        writeTo("second", ledger.andThen(this::releaseWhenAwaited));
        first.get();

        ledger.verify();
        assertThat(ofTheLayer())
                .extracting(Object::getClass)
                .startsWith(PhaseEvent.BlobAwaited.class, BuildEvent.BlobProgressed.class)
                .endsWith(BuildEvent.BlobReused.class)
                .doesNotContain(BuildEvent.BlobStarted.class);
        assertThat(ofTheLayer()).first().asString().startsWith("waiting for another build to fetch sha256:");
        BuildEvent.BlobReused layer =
                (BuildEvent.BlobReused) ofTheLayer().get(ofTheLayer().size() - 1);
        assertThat(layer.addedBytes()).isLessThan(layer.size());
        assertThat(ofTheLayer().stream().mapToLong(PhaseEvent::addedBytes).sum())
                .isEqualTo(layer.size());
        assertThat(ledger.phase(BuildPhase.FETCH).bytes().reused())
                .isEqualTo(ledger.phase(BuildPhase.FETCH).bytes().done());
    }

    @Test
    void writeToWhenTheOtherBuildIsCancelledFetchesTheBlobItself() throws Exception {
        Future<?> first = fetchAHalf();

        writeTo("second", ledger.andThen(event -> {
            if (isProgress(event)) {
                first.cancel(true);
                releaseWhenAwaited(event);
            }
        }));

        ledger.verify();
        assertThat(ofTheLayer())
                .extracting(Object::getClass)
                .startsWith(PhaseEvent.BlobAwaited.class, BuildEvent.BlobProgressed.class)
                .endsWith(BuildEvent.BlobFinished.class)
                .contains(BuildEvent.BlobStarted.class);
        assertThat(ledger.phase(BuildPhase.FETCH).bytes().reused()).isLessThan(LAYER);
    }

    /** Starts a build that stops when it has received a part of the layer, until it is released. */
    private Future<?> fetchAHalf() throws InterruptedException {
        Future<?> first = other.submit(() -> {
            writeTo("first", event -> {
                if (isProgress(event)) {
                    fetching.countDown();
                    await(release);
                }
            });
            return null;
        });
        fetching.await();
        return first;
    }

    private void releaseWhenAwaited(BuildEvent event) {
        if (isProgress(event)) {
            registry.limitRate(0);
            release.countDown();
        }
    }

    private static boolean isProgress(BuildEvent event) {
        return event instanceof BuildEvent.BlobProgressed progressed && progressed.received() > 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the events of the only layer, which is by far the largest blob} */
    private List<PhaseEvent> ofTheLayer() {
        return ledger.heard.stream()
                .filter(event -> (event instanceof PhaseEvent.BlobAwaited awaited && awaited.size() >= LAYER)
                        || (event instanceof BuildEvent.BlobStarted started && started.size() >= LAYER)
                        || (event instanceof BuildEvent.BlobProgressed progressed && progressed.size() >= LAYER)
                        || (event instanceof BuildEvent.BlobFinished finished && finished.size() >= LAYER)
                        || (event instanceof BuildEvent.BlobReused reused && reused.size() >= LAYER))
                .map(PhaseEvent.class::cast)
                .toList();
    }

    private void writeTo(String name, BuildListener listener) throws IOException {
        ClusterImage.builder()
                .context(context)
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"))
                .listener(listener)
                .build()
                .writeTo(OciLayout.directory(directory.resolve(name)));
    }
}
