package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.files.DirectoryLock;
import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.internal.store.StoreLease;
import io.sealos.oci.internal.work.Interruptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The blobs that builds keep in a content store for later builds. They can be listed, and those that are no longer
 * needed can be removed.
 *
 * <p>Blobs may be removed while builds run, in this process or in others. A blob that a running build has used is kept
 * until that build ends. A removed blob is fetched again by the next build that needs it.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class BlobStore {
    private static final String BLOBS = "blobs";
    /** The tolerance for file systems that store times in whole seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Path directory;

    private BlobStore(Path directory) {
        this.directory = directory;
    }

    /**
     * {@return the store that builds use by default, in the cache directory of the user}
     *
     * @throws UncheckedIOException if the user has no cache directory
     */
    public static BlobStore ofUser() {
        try {
            return at(UserDirectories.cache());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the store in a directory, which need not exist}
     *
     * @param directory the directory that was passed to {@link ClusterImageBuilder#contentStore}
     */
    public static BlobStore at(Path directory) {
        Objects.requireNonNull(directory, "directory");
        return new BlobStore(directory);
    }

    /**
     * {@return all blobs, the least recently used first; empty if the store does not exist}
     *
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept
     * @throws IOException if the directory cannot be read
     */
    public List<StoredBlob> blobs() throws IOException {
        Path blobs = directory.resolve(BLOBS);
        if (!Files.isDirectory(blobs)) {
            return List.of();
        }
        List<StoredBlob> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(blobs, 2)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Interruptions.check("the content store was read");
                blob(file).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(StoredBlob::lastUsed)
                .thenComparing(blob -> blob.digest().toString()));
        return List.copyOf(found);
    }

    private static Optional<StoredBlob> blob(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new StoredBlob(
                            Digest.parse(file.resolveSibling(".").normalize().getFileName() + ":" + file.getFileName()),
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException e) {
            // The file was removed in the meantime, or is not a blob.
            return Optional.empty();
        }
    }

    /**
     * Removes the blobs that no build has used since the given time.
     *
     * @param time the time before which the removed blobs were last used
     * @return the removed blobs, the least recently used first
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and the blobs that
     *     were removed before are gone
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> removeUnusedSince(Instant time) throws IOException {
        return remove(blobs ->
                blobs.stream().filter(blob -> blob.lastUsed().isBefore(time)).toList());
    }

    /**
     * Removes the least recently used blobs until the total size of the remaining blobs is at most the given limit.
     * Blobs that running builds use are kept even if the limit is exceeded.
     *
     * @param bytes the largest total size of the remaining blobs, in bytes
     * @return the removed blobs, the least recently used first
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and the blobs that
     *     were removed before are gone
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> shrinkTo(long bytes) throws IOException {
        return remove(blobs -> excess(blobs, bytes));
    }

    /**
     * Removes all blobs except those with the given digests.
     *
     * @param digests the digests of the blobs to keep
     * @return the removed blobs, the least recently used first
     * @throws InterruptedIOException if the thread is interrupted; the interrupt status is kept, and the blobs that
     *     were removed before are gone
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> keepOnly(Collection<Digest> digests) throws IOException {
        Set<Digest> kept = Set.copyOf(digests);
        return remove(blobs ->
                blobs.stream().filter(blob -> !kept.contains(blob.digest())).toList());
    }

    private static List<StoredBlob> excess(List<StoredBlob> oldestFirst, long bytes) {
        long left = oldestFirst.stream().mapToLong(StoredBlob::size).sum();
        List<StoredBlob> excess = new ArrayList<>();
        for (StoredBlob blob : oldestFirst) {
            if (left > bytes) {
                excess.add(blob);
                left -= blob.size();
            }
        }
        return excess;
    }

    /** Removes the chosen blobs, except those that a running build has used. */
    private List<StoredBlob> remove(UnaryOperator<List<StoredBlob>> choice) throws IOException {
        Interruptions.check("blobs were removed");
        try (DirectoryLock alone = DirectoryLock.acquire(directory)) {
            Instant limit = StoreLease.oldest(directory).minus(MARGIN);
            List<StoredBlob> removed = new ArrayList<>();
            for (StoredBlob blob : choice.apply(blobs())) {
                if (blob.lastUsed().isBefore(limit)) {
                    alone.check();
                    Interruptions.check("blobs were removed");
                    Files.deleteIfExists(directory
                            .resolve(BLOBS)
                            .resolve(blob.digest().algorithm())
                            .resolve(blob.digest().hex()));
                    removed.add(blob);
                }
            }
            return List.copyOf(removed);
        }
    }
}
