package io.sealos.oci;

import io.sealos.images.Digest;

/**
 * A layer of a built image.
 *
 * @param digest the digest of the layer as it is stored
 * @param diffId the digest of the uncompressed tar
 * @param size the size of the stored layer in bytes
 * @param uncompressedSize the size of the uncompressed tar in bytes; -1 for a compressed layer that {@link ImageIndex}
 *     copies, because it is not read
 * @param mediaType the media type, such as {@code application/vnd.oci.image.layer.v1.tar+gzip}
 * @param description the instruction that creates it, such as {@code Kubefile:3: COPY registry registry}
 * @since 0.1.0
 */
public record BuildLayer(
        Digest digest, Digest diffId, long size, long uncompressedSize, String mediaType, String description) {
    /** {@return the digest and the instruction} */
    @Override
    public String toString() {
        return digest + " " + description;
    }
}
