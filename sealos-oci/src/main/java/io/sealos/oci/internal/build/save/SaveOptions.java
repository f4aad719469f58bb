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
 * The options for saving images. Immutable.
 *
 * @param saveImages whether images are saved at all
 * @param images the images with sources other than their registries, in the order of the calls
 * @param preferred the images that get a tag that other images would share in {@code registry/}
 * @param platforms the images that are saved for more than the platform of the build
 * @param referrers whether signatures, attestations and lists of referrers are saved with their images
 * @param artifacts whether artifacts that controllers fetch at the site are saved
 * @param lockBlobs whether locks list the blobs that a site has after the image was loaded
 * @param lock the lock of an earlier build
 */
public record SaveOptions(
        boolean saveImages,
        Map<ImageReference, LocalSource> images,
        Set<ImageReference> preferred,
        PlatformChoice platforms,
        boolean referrers,
        boolean artifacts,
        boolean lockBlobs,
        Optional<ImageLock> lock) {
    public SaveOptions {
        images = Collections.unmodifiableMap(new LinkedHashMap<>(images));
        preferred = Set.copyOf(preferred);
    }

    /** {@return the lock; empty if images are not saved} */
    Optional<ImageLock> lockOfSaved() {
        return lock.filter(known -> saveImages);
    }
}
