package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;

/** Determines the names of images in the registry of a site, whose storage is {@code registry/}. */
public final class SiteNames {
    private static final String LOCALHOST = "localhost";
    private static final String DIGEST_TAG = "by-digest-";
    private static final int HEX_DIGITS = 64;

    private SiteNames() {}

    /**
     * Returns the repository of an image, such as {@code library/nginx} or {@code localhost/app}. sealos saves the
     * image there, and image-cri-shim looks there for the images of Pods. Both remove the host, except for
     * {@code localhost} without a port, which they treat as a part of the path.
     */
    public static String repository(ImageReference reference) {
        return reference.registry().equals(LOCALHOST)
                ? LOCALHOST + "/" + reference.repository()
                : reference.repository();
    }

    /**
     * Returns the tag of a manifest or index that is referred to by its digest: {@code by-digest-sha256-} and the first
     * 64 hex digits. It is needed because sealos copies only tags. It differs from the tags of referrers, which are
     * {@code sha256-HEX}.
     */
    public static String digestTag(Digest digest) {
        return DIGEST_TAG + digest.algorithm() + "-" + digest.hex().substring(0, HEX_DIGITS);
    }

    /** Returns whether a tag is the {@linkplain #digestTag digest tag} of a digest. */
    public static boolean isDigestTag(String tag, String digest) {
        int hex = digest.indexOf(':') + 1;
        return tag.startsWith(DIGEST_TAG)
                && digest.length() >= hex + HEX_DIGITS
                && tag.equals(DIGEST_TAG + digest.substring(0, hex + HEX_DIGITS).replace(':', '-'));
    }
}
