package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.inspect.StoredLayer;

/** A layer of a stored image. Immutable. */
public final class InspectedLayer {
    private final StoredLayer layer;

    InspectedLayer(StoredLayer layer) {
        this.layer = layer;
    }

    /** {@return the digest of the layer as it is stored} */
    public Digest digest() {
        return layer.digest();
    }

    /** {@return the digest of the uncompressed tar, as the configuration says} */
    public Digest diffId() {
        return layer.diffId();
    }

    /** {@return bytes as stored} */
    public long size() {
        return layer.size();
    }

    /** {@return the media type, such as {@code application/vnd.oci.image.layer.v1.tar+gzip}} */
    public String mediaType() {
        return layer.mediaType();
    }

    /** {@return the line of the history that made it; empty where the image has no history} */
    public String description() {
        return layer.description();
    }

    /** {@return digest and history} */
    @Override
    public String toString() {
        return digest() + " " + description();
    }
}
