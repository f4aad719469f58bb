package io.sealos.oci.internal.layer;

/** How layers are stored. */
public enum LayerCompression {
    /** Plain where at least half of the bytes do not compress (registry blobs, archives), gzip otherwise. */
    BY_CONTENT,
    NONE,
    GZIP
}
