package io.sealos.oci;

/**
 * The compression of layers. It affects digests and sizes, but neither files nor diffIDs. The media types are those of
 * the <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md">OCI image specification</a>.
 *
 * @since 0.1.0
 */
public enum LayerCompression {
    /**
     * No compression if at least half of the bytes cannot be compressed, such as those of registry blobs and archives;
     * otherwise gzip.
     */
    BY_CONTENT,
    /** No compression. */
    NONE,
    /** gzip at level 2, which every engine can read. */
    GZIP,
    /**
     * zstd at level 3, which is smaller and faster than gzip. It can be read by containerd 1.5, podman 3, Docker 23,
     * and later versions. It needs the optional dependency {@code com.github.luben:zstd-jni}; without it,
     * {@link ClusterImageBuilder#compression(LayerCompression)} refuses it.
     */
    ZSTD
}
