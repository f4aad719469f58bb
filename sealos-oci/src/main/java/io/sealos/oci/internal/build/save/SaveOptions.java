package io.sealos.oci.internal.build.save;

import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.save.PlatformChoice;
import io.sealos.oci.internal.source.LocalSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which images are saved, and how. Immutable.
 *
 * @param saveImages whether images are saved at all
 * @param images images that the caller took from elsewhere than from their registries, in the order of the calls
 * @param preferred images that get their tags where others would have the same place in {@code registry/}
 * @param platforms the images of which more than the platform of the build is saved
 * @param referrers whether signatures and the like are saved with their images
 * @param lock the lock of an earlier build
 */
public record SaveOptions(
        boolean saveImages,
        Map<ImageReference, LocalSource> images,
        Set<ImageReference> preferred,
        PlatformChoice platforms,
        boolean referrers,
        Optional<ImageLock> lock) {
    public SaveOptions {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        preferred = Set.copyOf(preferred);
    }

    /** {@return the lock, if images are saved} */
    Optional<ImageLock> lockOfSaved() {
        return lock.filter(known -> saveImages);
    }
}
