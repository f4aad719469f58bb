package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An image in a layout or an archive.
 *
 * @param names its names in the layout or archive
 * @param entry its descriptor in a layout, or its object in the list of a docker-archive
 * @param platform an object with {@code os}, {@code architecture} and perhaps {@code variant}
 */
record Candidate(List<String> names, JsonNode entry, JsonNode platform) {
    String platformText() {
        return Platforms.text(platform);
    }

    /**
     * {@return whether one of the names is equivalent to the chosen tag} For example, {@code nginx:1} is equivalent to
     * {@code docker.io/library/nginx:1}.
     */
    static boolean haveTag(List<String> names, ImageChoice choice) {
        return choice.tag()
                .map(tag -> names.stream()
                        .anyMatch(name -> name.equals(tag) || canonical(name).equals(canonical(tag))))
                .orElse(true);
    }

    private static String canonical(String name) {
        try {
            return ImageReference.parse(name).withDefaultTag().toString();
        } catch (ImageReferenceException e) {
            return name;
        }
    }

    /** {@return whether the image is for the chosen platform} */
    boolean isFor(ImageChoice choice) {
        return choice.platform()
                .map(wanted -> Platforms.matches(wanted, platform))
                .orElse(true);
    }

    /** {@return the annotations of the descriptor, without those that name the image or its documents} */
    Map<String, String> otherAnnotations() {
        Map<String, String> others = new TreeMap<>();
        entry.path("annotations")
                .properties()
                .forEach(other -> others.put(other.getKey(), other.getValue().asText("")));
        LayoutImages.NAMES.forEach(others::remove);
        others.remove(ArtifactDocuments.LIST);
        return others;
    }

    @Override
    public String toString() {
        return (names.isEmpty() ? "(no name)" : String.join(", ", names)) + " for " + platformText();
    }
}
