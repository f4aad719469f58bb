package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.Set;

/**
 * Of which images an index is saved with all that it lists, and not for the platform of the build alone.
 *
 * @param all of every image
 * @param byDigest of those that are named by the digest of an index alone, which resolves at a site only so
 * @param whole of these, too
 * @param single of these not, whatever else is said
 */
public record PlatformChoice(boolean all, boolean byDigest, Set<ImageReference> whole, Set<ImageReference> single) {
    /** The platform of the build only. */
    public static final PlatformChoice ONE = new PlatformChoice(false, false, Set.of(), Set.of());

    /** Copies the sets, whose names have default tags. */
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

    /** Whether the caller has said so. */
    boolean isChosen(SaveRequest request) {
        return all || whole.contains(request.asked().withDefaultTag());
    }
}
