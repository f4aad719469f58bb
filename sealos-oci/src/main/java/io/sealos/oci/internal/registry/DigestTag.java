package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;

/**
 * The tag of a manifest or index that is asked for by its digest, because sealos copies by tags alone:
 * {@code by-digest-sha256-} and the first 64 hex digits. It is no name that anyone asks for. Lists of referrers, whose
 * tags are {@code sha256-HEX}, do not fall on it.
 */
public final class DigestTag {
    private static final String PREFIX = "by-digest-";
    private static final int HEX_DIGITS = 64;

    private DigestTag() {}

    /** The tag for a digest, always the same. */
    public static String of(Digest digest) {
        return PREFIX + digest.algorithm() + "-" + digest.hex().substring(0, HEX_DIGITS);
    }

    /** Whether a tag that points to this digest was made for it. */
    public static boolean isOf(String tag, String digest) {
        int hex = digest.indexOf(':') + 1;
        return tag.startsWith(PREFIX)
                && digest.length() >= hex + HEX_DIGITS
                && tag.equals(PREFIX + digest.substring(0, hex + HEX_DIGITS).replace(':', '-'));
    }
}
