package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import java.util.List;
import java.util.Optional;

/**
 * A container image or an artifact, such as a chart, in {@code registry/} of a cluster image. Immutable and
 * thread-safe.
 *
 * @param name the name in the registry, such as {@code library/nginx:1.25}, or the repository with {@code @} and the
 *     digest if no tag points to the image. The name has no host, since sealos serves all images from one registry
 * @param digest the digest of its manifest, or of the index that lists the manifest, as in {@link BuildResult#lock()}.
 *     The tag points to the manifest for the platform, which is what a site receives
 * @param platforms the platforms whose manifests are stored; empty for an artifact
 * @param size the total size of its manifests and blobs in bytes; shared blobs are counted for each image
 * @param artifactType the media type of an artifact that is not an image, such as
 *     {@code application/vnd.cncf.helm.config.v1+json} for a chart; empty for an image
 * @since 0.1.0
 */
public record ContainedImage(
        String name, Digest digest, List<Platform> platforms, long size, Optional<String> artifactType) {
    /**
     * Copies the platforms.
     *
     * @param name the name in the registry, such as {@code library/nginx:1.25}, or the repository with {@code @} and
     *     the digest if no tag points to the image. The name has no host, since sealos serves all images from one
     *     registry
     * @param digest the digest of its manifest, or of the index that lists the manifest, as in
     *     {@link BuildResult#lock()}. The tag points to the manifest for the platform, which is what a site receives
     * @param platforms the platforms whose manifests are stored; empty for an artifact
     * @param size the total size of its manifests and blobs in bytes; shared blobs are counted for each image
     * @param artifactType the media type of an artifact that is not an image, such as
     *     {@code application/vnd.cncf.helm.config.v1+json} for a chart; empty for an image
     */
    public ContainedImage {
        platforms = List.copyOf(platforms);
    }

    /** {@return the name and the digest, and the type of an artifact} */
    @Override
    public String toString() {
        return name + " " + digest
                + artifactType.map(type -> " (artifact " + type + ")").orElse("");
    }
}
