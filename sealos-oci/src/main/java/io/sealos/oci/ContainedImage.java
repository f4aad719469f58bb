package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.inspect.StoredContainerImage;
import java.util.List;

/** A container image in the {@code registry/} of a cluster image. Immutable. */
public final class ContainedImage {
    private final StoredContainerImage image;

    ContainedImage(StoredContainerImage image) {
        this.image = image;
    }

    /**
     * {@return its name in the registry, such as {@code library/nginx:1.25}, or with {@code @} and digest where no tag
     * names it} The name has no host: sealos serves all images from one registry.
     */
    public String name() {
        return image.name();
    }

    /**
     * {@return the digest of its manifest, or of the index that lists it} It is the one that {@link BuildResult#lock()}
     * has; the tag points to the manifest for the platform, which is what arrives at a site.
     */
    public Digest digest() {
        return image.digest();
    }

    /** {@return the platforms that are there} */
    public List<Platform> platforms() {
        return image.platforms().stream().map(Platform::parse).toList();
    }

    /** {@return bytes of its manifests and blobs; what several images share counts in each} */
    public long size() {
        return image.size();
    }

    /** {@return name and digest} */
    @Override
    public String toString() {
        return name() + " " + digest();
    }
}
