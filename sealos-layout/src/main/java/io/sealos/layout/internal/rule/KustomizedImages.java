package io.sealos.layout.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The images that kustomizations replace with others.
 *
 * @param layout the layout that has the images
 * @param replaced the familiar names of the replaced images
 */
record KustomizedImages(ClusterImageLayout layout, Set<String> replaced) {
    private static final String FINDER = "kustomization";

    /** {@return the replaced images of all kustomizations} */
    static KustomizedImages of(ClusterImageLayout layout) {
        Set<String> replaced = new HashSet<>();
        layout.images().occurrences().stream()
                .filter(it -> it.finder().equals(FINDER))
                .map(ImageOccurrence::file)
                .distinct()
                .forEach(file -> replaced.addAll(replaced(layout, file)));
        return new KustomizedImages(layout, replaced);
    }

    /** {@return whether a kustomization replaces the image, and only manifests name it} */
    boolean isReplaced(ImageReference reference) {
        return replaced.contains(reference.familiarName())
                && layout.images().occurrences(reference).stream()
                        .noneMatch(it -> it.chart().isPresent());
    }

    private static List<String> replaced(ClusterImageLayout layout, String file) {
        List<String> names = new ArrayList<>();
        String text = layout.file(file).flatMap(ContextFile::text).orElse("");
        try {
            JsonNode images = YamlText.first(text).path("images");
            images.forEach(image -> names.add(familiarName(image.path("name").asText())));
        } catch (IOException e) {
            return List.of(); // images-unreadable reports it.
        }
        return names;
    }

    private static String familiarName(String name) {
        try {
            return ImageReference.parse(name).familiarName();
        } catch (ImageReferenceException e) {
            return name; // A kustomization may replace names that are not references.
        }
    }
}
