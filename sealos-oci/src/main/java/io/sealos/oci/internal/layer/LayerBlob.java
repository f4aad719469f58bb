package io.sealos.oci.internal.layer;

import io.sealos.images.Digest;
import java.nio.file.Path;

/**
 * A layer that was written.
 *
 * @param file where it lies until the target is whole
 * @param digest of the bytes as stored; diffId: of the tar
 * @param size of the bytes as stored; uncompressedSize: of the tar
 */
public record LayerBlob(
        Path file,
        Digest digest,
        long size,
        Digest diffId,
        long uncompressedSize,
        String mediaType,
        String description) {

    LayerBlob movedTo(Path newFile) {
        return new LayerBlob(newFile, digest, size, diffId, uncompressedSize, mediaType, description);
    }
}
