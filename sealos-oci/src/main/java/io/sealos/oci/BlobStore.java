package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.files.UserDirectories;
import io.sealos.oci.internal.registry.StoreContents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The content store: the directory in which builds keep the blobs of saved images for later builds.
 *
 * <p>Blobs may be removed while builds run, in this process or in others: a blob that a running build has used is kept.
 * A removed blob is fetched again when a build needs it. Immutable and thread-safe.
 */
public final class BlobStore {
    private final StoreContents contents;

    private BlobStore(StoreContents contents) {
        this.contents = contents;
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
     * {@return the store in a directory}
     *
     * @param directory the directory that was given to {@link ClusterImageBuilder#contentStore}; it need not exist
     */
    public static BlobStore at(Path directory) {
        return new BlobStore(new StoreContents(directory));
    }

    /**
     * {@return all blobs, the least recently used first}
     *
     * @throws IOException if the directory cannot be read
     */
    public List<StoredBlob> blobs() throws IOException {
        return contents.blobs();
    }

    /**
     * Removes the blobs that no build has used since a time.
     *
     * @param time the time; blobs that were last used before it are removed
     * @return the removed blobs
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> removeUnusedSince(Instant time) throws IOException {
        return contents.remove(blobs ->
                blobs.stream().filter(blob -> blob.lastUsed().isBefore(time)).toList());
    }

    /**
     * Removes the least recently used blobs until the store has at most a number of bytes.
     *
     * @param bytes the number of bytes that may stay
     * @return the removed blobs
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> shrinkTo(long bytes) throws IOException {
        return contents.remove(blobs -> excess(blobs, bytes));
    }

    /**
     * Removes all blobs except those with the given digests.
     *
     * @param digests the digests of the blobs that stay
     * @return the removed blobs
     * @throws IOException if a blob cannot be removed
     */
    public List<StoredBlob> keepOnly(Collection<Digest> digests) throws IOException {
        Set<Digest> kept = Set.copyOf(digests);
        return contents.remove(blobs ->
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
}
