package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.save.TestImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTests {
    private final TestImage image = new TestImage("amd64", "kept");

    @TempDir
    Path directory;

    private Path context;
    private Path blobs;
    private BlobStore store;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        blobs = directory.resolve("store/blobs/sha256");
        store = BlobStore.at(directory.resolve("store"));
    }

    @Test
    void blobsWhenNothingWasBuiltIsEmpty() throws IOException {
        assertThat(store.blobs()).isEmpty();
        assertThat(directory.resolve("store")).doesNotExist();
    }

    @Test
    void blobsWhenAnImageWasSavedListsItsParts() throws IOException {
        builder(image).build().saveRegistry(directory.resolve("registry"));

        assertThat(store.blobs())
                .extracting(StoredBlob::digest)
                .containsExactlyInAnyOrder(
                        Digests.sha256(image.layer()), Digests.sha256(image.config()), image.digest());
        assertThat(store.blobs()).extracting(StoredBlob::size).contains((long) image.layer().length);
        assertThat(store.blobs())
                .allSatisfy(blob ->
                        assertThat(blob.lastUsed()).isAfter(Instant.now().minusSeconds(60)));
    }

    @Test
    void removeUnusedSinceWhenBlobsAreOldRemovesThem() throws IOException {
        builder(image).build().saveRegistry(directory.resolve("registry"));
        Digest old = Digests.sha256(image.layer());
        age(old);

        List<StoredBlob> removed = store.removeUnusedSince(Instant.now().minus(Duration.ofDays(1)));

        assertThat(removed).extracting(StoredBlob::digest).containsExactly(old);
        assertThat(store.blobs()).hasSize(2);
    }

    @Test
    void shrinkToWhenStoreIsLargerRemovesTheOldestFirst() throws IOException {
        builder(image).build().saveRegistry(directory.resolve("registry"));
        age(Digests.sha256(image.layer()));

        store.shrinkTo(image.config().length + image.manifest().length);

        assertThat(store.blobs())
                .extracting(StoredBlob::digest)
                .containsExactlyInAnyOrder(Digests.sha256(image.config()), image.digest());
    }

    @Test
    void keepOnlyWhenBuildsHaveEndedKeepsWhatIsNamed() throws IOException {
        builder(image).build().saveRegistry(directory.resolve("registry"));
        age(Digests.sha256(image.layer()));
        age(Digests.sha256(image.config()));
        age(image.digest());

        assertThat(store.keepOnly(List.of(image.digest()))).hasSize(2);
        assertThat(store.blobs()).extracting(StoredBlob::digest).containsExactly(image.digest());
    }

    @Test
    void keepOnlyWhenABuildRunsLeavesWhatItUses() throws Exception {
        builder(image).build().saveRegistry(directory.resolve("registry"));
        age(Digests.sha256(image.layer()));
        CountDownLatch saved = new CountDownLatch(1);
        CountDownLatch cleared = new CountDownLatch(1);
        ClusterImage slow = builder(image)
                .listener(event -> {
                    if (event instanceof BuildEvent.ImageSaved) {
                        saved.countDown();
                        await(cleared);
                    }
                })
                .build();
        Path out = directory.resolve("out");
        CompletableFuture<BuildResult> build = CompletableFuture.supplyAsync(() -> write(slow, out));
        await(saved);

        assertThat(store.keepOnly(List.of())).isEmpty();

        cleared.countDown();
        build.get(60, TimeUnit.SECONDS);
        OciLayoutVerifier.verify(out).orThrow();
        assertThat(directory.resolve("store/leases")).isEmptyDirectory();
    }

    @Test
    void keepOnlyWhenABuildWasKilledDoesNotWaitForIt() throws IOException {
        builder(image).build().saveRegistry(directory.resolve("registry"));
        Path lease = directory.resolve("store/leases/build-1234567-left");
        Files.createFile(lease);
        Files.setLastModifiedTime(lease, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        age(Digests.sha256(image.layer()));

        assertThat(store.keepOnly(List.of())).hasSize(1);
        assertThat(lease).doesNotExist();
    }

    private static BuildResult write(ClusterImage image, Path out) {
        try {
            return image.writeTo(OciLayout.directory(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void age(Digest digest) throws IOException {
        Files.setLastModifiedTime(
                blobs.resolve(digest.hex()), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    }

    private ClusterImageBuilder builder(TestImage made) {
        return ClusterImage.builder()
                .context(context)
                .tag("acme/cluster:1")
                .contentStore(directory.resolve("store"))
                .image("ghcr.io/acme/shop:1", MadeImage.of(made::writeLayout));
    }
}
