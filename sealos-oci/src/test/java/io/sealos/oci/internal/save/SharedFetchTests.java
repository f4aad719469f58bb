package io.sealos.oci.internal.save;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.images.Digest;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds that save the same images into the same store at the same time. */
@Timeout(120)
class SharedFetchTests extends RegistryFixture {
    private final ExecutorService builds = Executors.newCachedThreadPool();
    private final TestImage image = new TestImage("amd64", "a");
    private final String layer = "/blobs/" + Digests.sha256(image.layer());

    @AfterEach
    void end() {
        builds.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void saveWhenSeveralBuildsNeedAnImageFetchesEachBlobOnce(int count) throws Exception {
        push();
        registry.fault(layer, Fault.delay(Duration.ofMillis(500), 1));

        List<Saving> savings = new ArrayList<>();
        List<Future<SavedImages>> saved = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Saving saving = saving();
            savings.add(saving);
            saved.add(builds.submit(() -> saving.save("app/x:1")));
        }

        for (Future<SavedImages> each : saved) {
            assertThat(each.get().images().get(0).digest()).isEqualTo(image.digest());
        }
        assertThat(registry.requests("/blobs/")).isEqualTo(2);
        assertThat(savings.stream()
                        .flatMap(saving -> saving.heard().stream())
                        .filter(BuildEvent.BlobReused.class::isInstance))
                .hasSize(2 * count - 2);
        assertStored();
    }

    @Test
    void saveWhenTheFetchingBuildIsCancelledIsFinishedByTheWaitingOne() throws Exception {
        push();
        registry.fault(layer, Fault.stall(Duration.ofSeconds(60), 1));
        Future<SavedImages> first = builds.submit(() -> saving().save("app/x:1"));
        awaitRequest();
        Future<SavedImages> second = builds.submit(() -> saving().save("app/x:1"));

        first.cancel(true);

        assertThat(second.get().images().get(0).digest()).isEqualTo(image.digest());
        assertThat(registry.requests(layer)).isEqualTo(2);
        assertStored();
    }

    @Test
    void saveWhenTheFetchingBuildFailsIsFinishedByTheWaitingOne() throws Exception {
        push();
        registry.fault(layer, Fault.status(403, 1));
        registry.fault(layer, Fault.delay(Duration.ofMillis(300), 1));
        Future<SavedImages> first = builds.submit(() -> saving().save("app/x:1"));
        awaitRequest();

        assertThat(saving().save("app/x:1").images().get(0).digest()).isEqualTo(image.digest());

        assertThatThrownBy(first::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ImageSaveException.class);
        assertStored();
    }

    @Test
    void saveWhenBuildsShareASingleThreadDoesNotBlock() throws Exception {
        push();
        new TestImage("amd64", "b").pushTo(registry, "app/y", "1");
        registry.fault("/blobs/", Fault.delay(Duration.ofMillis(100), 4));
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<SavedImages> first = builds.submit(() -> saving().on(one).save("app/x:1", "app/y:1"));
            Future<SavedImages> second = builds.submit(() -> saving().on(one).save("app/y:1", "app/x:1"));

            assertThat(first.get().images()).hasSize(2);
            assertThat(second.get().images()).hasSize(2);
        } finally {
            one.shutdownNow();
        }
        assertThat(registry.requests("/blobs/")).isEqualTo(4);
    }

    private void awaitRequest() throws InterruptedException {
        while (registry.requests(layer) == 0) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void assertStored() throws Exception {
        ContentStore store = new ContentStore(directory.resolve("store"));
        assertThat(store.open(Digest.parse(layer.substring("/blobs/".length()))))
                .hasBinaryContent(image.layer());
        assertThat(store.incoming()).isEmptyDirectory();
    }
}
