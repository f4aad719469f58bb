package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import io.sealos.oci.BuildLayer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A written layer.
 *
 * @param file its file, until the target is complete
 * @param digest the digest of the stored bytes
 * @param size the number of stored bytes
 * @param diffId the digest of the tar
 * @param uncompressedSize the size of the tar in bytes
 * @param mediaType the media type
 * @param description the step that created it
 * @param inputs the digest of its inputs; null if they could change unnoticed or are already recorded
 * @param chunks the recorded chunks of a gzip layer
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

    /** Creates a layer. If the tar is not compressed, both streams are the same, and the tar is hashed only once. */
    static LayerBlob of(
            Path file, Storage storage, DigestingOutputStream stored, DigestingOutputStream tar, String description) {
        Digest digest = stored.digest();
        Digest diffId = tar == stored ? digest : tar.digest();
        return new LayerBlob(
                file, digest, stored.count(), diffId, tar.count(), storage.mediaType(), description, null, List.of());
    }

    /** Returns the public description of the layer. */
    public BuildLayer layer() {
        return new BuildLayer(digest, diffId, size, uncompressedSize, mediaType, description);
    }

    LayerBlob madeFrom(@Nullable String newInputs) {
        return new LayerBlob(file, digest, size, diffId, uncompressedSize, mediaType, description, newInputs, chunks);
    }

    LayerBlob madeOf(List<Chunk> newChunks) {
        return new LayerBlob(file, digest, size, diffId, uncompressedSize, mediaType, description, inputs, newChunks);
    }

    LayerBlob describedAs(String newDescription) {
        return new LayerBlob(file, digest, size, diffId, uncompressedSize, mediaType, newDescription, inputs, chunks);
    }

    LayerBlob movedTo(Path newFile) {
        return new LayerBlob(newFile, digest, size, diffId, uncompressedSize, mediaType, description, inputs, chunks);
    }
}
