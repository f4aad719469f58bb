package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.layer.LayerBlob;

/** A layer of a built image. Immutable. */
public final class BuildLayer {
    private final LayerBlob blob;

    BuildLayer(LayerBlob blob) {
        this.blob = blob;
    }

    /** {@return the digest of the layer as it is stored} */
    public Digest digest() {
        return blob.digest();
    }

    /** {@return the digest of the uncompressed tar} */
    public Digest diffId() {
        return blob.diffId();
    }

    /** {@return bytes as stored} */
    public long size() {
        return blob.size();
    }

    /** {@return bytes of the uncompressed tar} */
    public long uncompressedSize() {
        return blob.uncompressedSize();
    }

    /** {@return the media type, such as {@code application/vnd.oci.image.layer.v1.tar+gzip}} */
    public String mediaType() {
        return blob.mediaType();
    }

    /** {@return the instruction that made it, such as {@code Kubefile:3: COPY registry registry}} */
    public String description() {
        return blob.description();
    }

    /** {@return digest and instruction} */
    @Override
    public String toString() {
        return digest() + " " + description();
    }
}
