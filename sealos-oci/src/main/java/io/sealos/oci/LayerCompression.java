package io.sealos.oci;

/**
 * The compression of layers. It changes digests and sizes, never files and diffIDs. The media types are those of the <a
 * href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">OCI image specification</a>.
 */
public enum LayerCompression {
    /** No compression if at least half of the bytes do not compress (registry blobs, archives), gzip otherwise. */
    BY_CONTENT,
    /** No compression. */
    NONE,
    /** gzip at level 2, which every engine reads. */
    GZIP,
    /** zstd at level 3, smaller and faster than gzip; read by containerd 1.5, podman 3 and Docker 23 or later. */
    ZSTD
}
