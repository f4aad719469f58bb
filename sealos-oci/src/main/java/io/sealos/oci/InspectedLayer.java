package io.sealos.oci;

import io.sealos.images.Digest;

/**
 * A layer of a stored image.
 *
 * @param digest the digest of the layer as it is stored
 * @param diffId the digest of the uncompressed tar, as stated in the configuration
 * @param size the size of the stored layer in bytes
 * @param mediaType the media type, such as {@code application/vnd.oci.image.layer.v1.tar+gzip}
 * @param description the history entry of the layer; empty if the image has no history
 * @since 0.1.0
 */
public record InspectedLayer(Digest digest, Digest diffId, long size, String mediaType, String description) {
    /** {@return the digest and the description} */
    @Override
    public String toString() {
        return digest + " " + description;
    }
}
