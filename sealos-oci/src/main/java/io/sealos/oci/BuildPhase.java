package io.sealos.oci;

/**
 * The phases of a build, in the order in which a call goes through them. A call skips the phases that it does not need.
 *
 * @since 0.1.0
 */
public enum BuildPhase {
    /** The build file is evaluated, images are found, and the rules are applied. This phase has no totals. */
    SCAN,
    /** The manifests of images are read, those of base images first. The items are images, once for each platform. */
    RESOLVE,
    /**
     * Base images, or the images of a merge or an index, are fetched. The items are blobs, and the bytes are their
     * stored sizes.
     */
    FETCH_BASES,
    /** The images that the application runs are fetched. The items are blobs, and the bytes are their stored sizes. */
    FETCH,
    /**
     * Layers are created. The items are layers, and the bytes are those of the files in them, as in
     * {@link PlannedLayer#size()}, or the stored bytes of a layer that is copied from another image.
     */
    LAYERS,
    /** An archive or a {@code registry/} directory is written. The items are files, and the bytes are their sizes. */
    WRITE,
    /** The image is pushed to a registry. The items are blobs, and the bytes are their stored sizes. */
    PUSH,
    /** A container engine loads the image. This phase has no totals. */
    LOAD,
    /**
     * A finished image is verified. The items are layers and other large blobs, and the bytes are their stored sizes.
     */
    VERIFY
}
