package io.sealos.oci;

/**
 * How layers are stored. It changes digests and sizes, never the files and the diffIDs. The media types are those of
 * the <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">OCI image specification</a>.
 */
public enum LayerCompression {
    /** Not compressed where at least half of the bytes do not compress (registry blobs, archives), gzip otherwise. */
    BY_CONTENT,
    /** Not compressed. */
    NONE,
    /** gzip at level 4, which every engine reads. */
    GZIP,
    /** zstd at level 3, smaller and faster than gzip; read by containerd 1.5, podman 3 and Docker 23 or later. */
    ZSTD
}
