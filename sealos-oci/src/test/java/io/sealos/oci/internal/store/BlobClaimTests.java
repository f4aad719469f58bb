package io.sealos.oci.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BlobClaimTests {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final Digest DIGEST = Digests.sha256(CONTENT);
    private static final Duration LONG = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final BlockingQueue<Long> awaited = new LinkedBlockingQueue<>();
    private ContentStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ContentStore(directory);
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Test
    void awaitWhenHeldWaitsForTheRelease() throws Exception {
        BlobClaim held = await(LONG);
        Future<BlobClaim> waiting = other.submit(() -> await(LONG));
        assertThat(waiting).isNotDone();

        held.close();

        waiting.get(30, TimeUnit.SECONDS).close();
        assertThat(store.incoming()).isEmptyDirectory();
    }

    @Test
    void awaitWhenTheStoreHasTheBlobDoesNotWaitForTheRelease() throws Exception {
        try (BlobClaim held = await(LONG)) {
            Future<BlobClaim> waiting = other.submit(() -> await(LONG));

            store.put(CONTENT, "sha256");

            assertThat(held.isStored()).isFalse();
            assertThat(waiting.get(30, TimeUnit.SECONDS).isStored()).isTrue();
            assertThat(store.incoming()).isNotEmptyDirectory();
        }
        assertThat(store.incoming()).isEmptyDirectory();
    }

    @Test
    void awaitWhenTheHolderMakesNoProgressGoesOnWithoutTheClaim() throws Exception {
        try (BlobClaim held = await(LONG);
                BlobWriter half = store.ingest(DIGEST)) {
            half.write(ByteBuffer.wrap(new byte[] {1}));
            assertThat(held.isStored()).isFalse();

            other.submit(() -> await(Duration.ofMillis(1)))
                    .get(30, TimeUnit.SECONDS)
                    .close();

            assertThat(other.submit(() -> await(LONG))).isNotDone();
        }
    }

    @Test
    void awaitWhenHeldTellsTheBytesOfTheFileThatIsWritten() throws Exception {
        try (BlobClaim held = await(LONG);
                BlobWriter killed = store.ingest(DIGEST)) {
            killed.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(killed.finish()).isEqualTo(DIGEST);
            Files.setLastModifiedTime(part(), FileTime.fromMillis(1));
            try (BlobWriter half = store.ingest(DIGEST)) {
                half.write(ByteBuffer.wrap(new byte[] {1, 2}));
                assertThat(half.finish()).isNotEqualTo(DIGEST);

                Future<BlobClaim> waiting = other.submit(() -> await(LONG));

                assertThat(awaited.take()).isEqualTo(2);
                half.restart();
                assertThat(next()).isZero();
                assertThat(waiting).isNotDone();
            }
            assertThat(held.isStored()).isFalse();
        }
    }

    /** Returns the first amount that is another one than two bytes. */
    private long next() throws InterruptedException {
        long amount = awaited.take();
        while (amount == 2) {
            amount = awaited.take();
        }
        return amount;
    }

    private Path part() throws IOException {
        try (Stream<Path> files = Files.list(store.incoming())) {
            return files.filter(file -> file.toString().endsWith(".part"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void awaitWhenFreeTellsNothing() throws Exception {
        await(LONG).close();

        assertThat(awaited).isEmpty();
    }

    @Test
    void awaitWhenInterruptedEndsTheWait() throws Exception {
        try (BlobClaim held = await(LONG)) {
            Future<BlobClaim> waiting = other.submit(() -> await(LONG));

            other.shutdownNow();

            assertThat(held.isStored()).isFalse();
            assertThat(other.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withCauseInstanceOf(InterruptedException.class);
        }
    }

    private BlobClaim await(Duration patience) throws IOException, InterruptedException {
        return BlobClaim.await(store, DIGEST, CONTENT.length, awaited::add, patience);
    }
}
