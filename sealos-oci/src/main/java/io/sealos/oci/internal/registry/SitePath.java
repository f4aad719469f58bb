package io.sealos.oci.internal.registry;

import io.sealos.images.ImageReference;

/**
 * Where the registry of a cluster has an image: sealos saves it there, and image-cri-shim asks there for what a Pod
 * names. Both drop the host, but take {@code localhost} without a port for a part of the path.
 */
public final class SitePath {
    private static final String LOCALHOST = "localhost";

    private SitePath() {}

    /** The repository without a tag, such as {@code library/nginx} or {@code localhost/app}. */
    public static String of(ImageReference reference) {
        return reference.registry().equals(LOCALHOST)
                ? LOCALHOST + "/" + reference.repository()
                : reference.repository();
    }
}
