package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;

/**
 * Something that happened while a cluster image is built.
 *
 * <p>More kinds may come: do not rely on knowing all of them. Immutable.
 */
public sealed interface BuildEvent {
    /** {@return the event as a line to show} */
    @Override
    String toString();

    /**
     * An image was saved into {@code registry/}.
     *
     * @param reference the image as it was asked for
     * @param digest the digest of its manifest or index, as served
     * @param size bytes of its manifests and blobs, whether fetched or already at hand
     */
    record ImageSaved(ImageReference reference, Digest digest, long size) implements BuildEvent {
        @Override
        public String toString() {
            return "saved " + reference + " " + digest;
        }
    }

    /**
     * The image was written to its target.
     *
     * @param digest the digest of its manifest, or of the index where there are several platforms
     */
    record ImageWritten(Digest digest) implements BuildEvent {
        @Override
        public String toString() {
            return "wrote " + digest;
        }
    }
}
