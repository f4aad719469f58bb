package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import java.util.List;

/**
 * A container image in the {@code registry/} of a cluster image.
 *
 * @param name the name in the registry, such as {@code library/nginx:1.25}, or with {@code @} and digest where no tag
 *     names it; it has no host, since sealos serves all images from one registry
 * @param digest the digest of its manifest, or of the index that lists it, as {@link BuildResult#lock()} has it; the
 *     tag points to the manifest for the platform, which is what arrives at a site
 * @param platforms the platforms whose manifests are there
 * @param size the number of bytes of its manifests and blobs; what several images share counts in each
 */
public record ContainedImage(String name, Digest digest, List<Platform> platforms, long size) {
    /** Copies the platforms. */
    public ContainedImage {
        platforms = List.copyOf(platforms);
    }

    /** {@return the name and the digest} */
    @Override
    public String toString() {
        return name + " " + digest;
    }
}
