package io.sealos.oci.testing;

import io.sealos.images.ImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registries of the images that were put, by repository and tag. A place belongs to one registry, because
 * repositories have no host names here. Thread-safe.
 */
final class ImageOwners {
    private final Map<String, String> registries = new ConcurrentHashMap<>();

    ImageOwners copy() {
        ImageOwners copy = new ImageOwners();
        copy.registries.putAll(registries);
        return copy;
    }

    /** Returns the reason why an image cannot have its place; if there is none, the place is that of its registry. */
    Optional<String> claim(ImageReference name) {
        String place = name.repository() + ":" + name.tag().orElse("latest");
        return Optional.ofNullable(registries.putIfAbsent(place, name.registry()))
                .filter(other -> !other.equals(name.registry()))
                .map(other -> "this registry already has " + place + " of " + other
                        + ", and it has one repository for all registry names; put the image into a second registry");
    }
}
