package io.sealos.oci.internal.build.save;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import java.util.List;

/** Finds the places of an inventory that request an image. */
public final class ImagePlaces {
    private ImagePlaces() {}

    /** {@return the places with their lines, such as {@code manifests/pod.yaml:8}, in the order of the scan} */
    static List<String> all(ImageReference reference, ImageInventory inventory) {
        return inventory.occurrences(reference).stream()
                .map(ImageOccurrence::location)
                .distinct()
                .toList();
    }

    /** {@return the objects that need an artifact, with their lines} */
    public static List<String> ofArtifact(ImageReference artifact, ImageInventory inventory) {
        return inventory.siteNeeds().stream()
                .filter(it -> it.artifact().filter(artifact::equals).isPresent())
                .map(it -> it.file() + (it.line() > 0 ? ":" + it.line() : ""))
                .distinct()
                .toList();
    }

    /** {@return the first place that requests an image; empty if there is none} */
    public static String first(ImageReference reference, ImageInventory inventory) {
        return all(reference, inventory).stream().findFirst().orElse("");
    }

    /** {@return the places because of which an image is saved} */
    static List<String> decisive(ImageReference reference, ImageInventory inventory) {
        return inventory.occurrences(reference).stream()
                .filter(it -> it.confidence().isSaved() && it.ignoredBy().isEmpty())
                .map(ImageOccurrence::place)
                .toList();
    }
}
