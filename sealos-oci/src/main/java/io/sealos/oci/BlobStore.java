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
 * The directory in which builds keep the blobs of saved images for the next one, to be looked at and cleared.
 *
 * <p>It may be cleared while builds run, in this process or in others: what a build has used since it began stays until
 * that build ends. What is removed is fetched again when a build needs it. Immutable and thread-safe.
 */
public final class BlobStore {
    private final StoreContents contents;

    private BlobStore(StoreContents contents) {
        this.contents = contents;
    }

    /**
     * {@return the store that builds use by default, in the user's cache directory}
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
     * {@return the store in that directory}
     *
     * @param directory what {@link ClusterImageBuilder#contentStore} was given
     */
    public static BlobStore at(Path directory) {
        return new BlobStore(new StoreContents(directory));
    }

    /**
     * {@return every blob, the one that was used longest ago first}
     *
     * @throws IOException if the directory cannot be read
     */
    public List<StoredBlob> blobs() throws IOException {
        return contents.blobs();
    }

    /**
     * Removes blobs that no build has used for some time.
     *
     * @param time those that were used before are removed
     * @return what was removed
     * @throws IOException if something cannot be removed
     */
    public List<StoredBlob> removeUnusedSince(Instant time) throws IOException {
        return contents.remove(blobs ->
                blobs.stream().filter(blob -> blob.lastUsed().isBefore(time)).toList());
    }

    /**
     * Removes blobs, the one that was used longest ago first, until the others have so many bytes.
     *
     * @param bytes what may stay
     * @return what was removed
     * @throws IOException if something cannot be removed
     */
    public List<StoredBlob> shrinkTo(long bytes) throws IOException {
        return contents.remove(blobs -> excess(blobs, bytes));
    }

    /**
     * Removes all blobs but some.
     *
     * @param digests those that stay
     * @return what was removed
     * @throws IOException if something cannot be removed
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
