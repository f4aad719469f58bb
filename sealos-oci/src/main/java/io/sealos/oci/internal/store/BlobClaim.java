package io.sealos.oci.internal.store;

import io.sealos.images.Digest;
import io.sealos.internal.files.ProcessLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The right to fetch a blob into a content store. If several builds need a blob that the store does not have, one of
 * them fetches it while it holds the claim, and the others wait. A claim is a locked file, so it ends with its process,
 * and it applies to all threads and processes that share the store. The store does not depend on claims: a blob that
 * two builds fetch at the same time is correct.
 */
public final class BlobClaim implements Closeable {
    /** The time without any progress of the holder after which a build fetches the blob itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MILLIS = 20;
    private static final int PAUSES_PER_LOOK = 12;

    private final Path file;
    private final Optional<ProcessLock> lock;
    private final boolean stored;

    private BlobClaim(Path file, Optional<ProcessLock> lock, boolean stored) {
        this.file = file;
        this.lock = lock;
        this.stored = stored;
    }

    /**
     * Waits for the claim to a blob. Returns without it if the store has the blob meanwhile, or if the holder makes no
     * progress.
     *
     * @param written is called when the wait begins, and a few times a second while it lasts, with the number of bytes
     *     that the holder has written
     */
    public static BlobClaim await(ContentStore store, Digest digest, long size, LongConsumer written)
            throws IOException, InterruptedException {
        return await(store, digest, size, written, PATIENCE);
    }

    static BlobClaim await(ContentStore store, Digest digest, long size, LongConsumer written, Duration patience)
            throws IOException, InterruptedException {
        Path file = store.incoming().resolve("blob-" + digest.algorithm() + "-" + digest.hex() + ".lock");
        Progress holder = new Progress(store, digest);
        Optional<ProcessLock> lock = ProcessLock.tryCreate(file);
        for (int pauses = 0; lock.isEmpty() && !store.has(digest, size); pauses++) {
            if (pauses % PAUSES_PER_LOOK == 0) {
                holder.look();
                if (holder.hasStoppedFor(patience)) {
                    break;
                }
                written.accept(holder.latest);
            }
            Thread.sleep(PAUSE_MILLIS);
            lock = ProcessLock.tryCreate(file);
        }
        return new BlobClaim(file, lock, store.has(digest, size));
    }

    /** Returns whether the store had the blob when the wait ended. */
    public boolean isStored() {
        return stored;
    }

    /**
     * Releases the claim. The file is deleted before, since nobody else deletes it. A build that opened it just before
     * may then hold a claim besides a new one, which only means that both fetch the blob.
     */
    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            try {
                Files.deleteIfExists(file);
            } finally {
                lock.get().close();
            }
        }
    }

    /** Observes the growth of the files into which a blob is written. */
    private static final class Progress {
        private final ContentStore store;
        private final Digest digest;
        private long bytes = -1;
        private long changed = System.nanoTime();
        /** The size of the file that was written last. Others are of builds that were killed. */
        private long latest;

        Progress(ContentStore store, Digest digest) {
            this.store = store;
            this.digest = digest;
        }

        void look() throws IOException {
            long sum = 0;
            FileTime newest = FileTime.fromMillis(0);
            long ofNewest = latest;
            try (DirectoryStream<Path> parts =
                    Files.newDirectoryStream(store.incoming(), ContentStore.partPrefix(digest) + "*")) {
                for (Path part : parts) {
                    BasicFileAttributes file = Files.readAttributes(part, BasicFileAttributes.class);
                    sum += file.size();
                    if (file.lastModifiedTime().compareTo(newest) > 0) {
                        newest = file.lastModifiedTime();
                        ofNewest = file.size();
                    }
                }
            } catch (NoSuchFileException e) {
                return; // published or deleted meanwhile
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
            latest = ofNewest;
            if (sum != bytes) {
                bytes = sum;
                changed = System.nanoTime();
            }
        }

        boolean hasStoppedFor(Duration limit) {
            return System.nanoTime() - changed >= limit.toNanos();
        }
    }
}
