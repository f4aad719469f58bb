package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.BuildLayer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was written.
 *
 * @param file where it lies until the target is whole
 * @param digest of the bytes as stored; diffId: of the tar
 * @param size of the bytes as stored; uncompressedSize: of the tar
 * @param inputs the digest of what it was made from; null where that could change unseen, or is recorded already
 * @param chunks those that it was made of in this build, as far as they were kept apart
 */
public record LayerBlob(
        Path file,
        Digest digest,
        long size,
        Digest diffId,
        long uncompressedSize,
        String mediaType,
        String description,
        @Nullable String inputs,
        List<Chunk> chunks) {

    /** Both streams are one where the tar is stored as it is: then it is hashed once. */
    static LayerBlob of(
            Path file, Storage storage, DigestingOutputStream stored, DigestingOutputStream tar, String description) {
        Digest digest = stored.digest();
        Digest diffId = tar == stored ? digest : tar.digest();
        return new LayerBlob(
                file, digest, stored.count(), diffId, tar.count(), storage.mediaType(), description, null, List.of());
    }

    /** The layer without what only the build needs. */
    public BuildLayer layer() {
        return new BuildLayer(digest, diffId, size, uncompressedSize, mediaType, description);
    }

    LayerBlob madeFrom(@Nullable String newInputs) {
        return new LayerBlob(file, digest, size, diffId, uncompressedSize, mediaType, description, newInputs, chunks);
    }

    LayerBlob madeOf(List<Chunk> newChunks) {
        return new LayerBlob(file, digest, size, diffId, uncompressedSize, mediaType, description, inputs, newChunks);
    }

    LayerBlob movedTo(Path newFile) {
        return new LayerBlob(newFile, digest, size, diffId, uncompressedSize, mediaType, description, inputs, chunks);
    }
}
