package io.sealos.oci.internal.save;

import io.sealos.images.ImageReference;
import io.sealos.oci.internal.source.SaveRequest;
import java.util.Set;

/**
 * The choice of images whose index is saved with all its platforms, instead of the platform of the build only.
 *
 * @param all whether that is chosen for every image
 * @param byDigest whether it is chosen for images that are referred to by the digest of an index only, which a site
 *     could not resolve otherwise
 * @param whole images for which it is chosen as well
 * @param single images for which it is never chosen
 */
public record PlatformChoice(boolean all, boolean byDigest, Set<ImageReference> whole, Set<ImageReference> single) {
    /** The choice of the platform of the build only. */
    public static final PlatformChoice ONE = new PlatformChoice(false, false, Set.of(), Set.of());

    /** Copies the sets. Their references have default tags. */
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

    /** Returns whether the caller has chosen this. */
    boolean isChosen(SaveRequest request) {
        return all || whole.contains(request.asked().withDefaultTag());
    }
}
