package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.Set;

/**
 * Determines the images that are saved for all platforms of their index instead of for the platform of the build only.
 *
 * @param all whether this applies to all images
 * @param byDigest whether this applies to images that are referred to by the digest of an index alone, which nodes
 *     could not pull otherwise
 * @param whole further images to which this applies
 * @param single images to which this never applies
 */
public record PlatformChoice(boolean all, boolean byDigest, Set<ImageReference> whole, Set<ImageReference> single) {
    /** Saves all images for the platform of the build only. */
    public static final PlatformChoice ONE = new PlatformChoice(false, false, Set.of(), Set.of());

    /** Copies the sets. Their references must have default tags. */
    public PlatformChoice {
        whole = Set.copyOf(whole);
        single = Set.copyOf(single);
    }

    boolean isWhole(SaveRequest request) {
        ImageReference asked = request.asked().withDefaultTag();
        if (single.contains(asked)) {
            return false;
        }
        return isChosen(request) || (byDigest && request.isByDigestAlone());
    }

    /** Returns whether the caller has chosen to save the image for all platforms. */
    boolean isChosen(SaveRequest request) {
        return all || whole.contains(request.asked().withDefaultTag());
    }
}
