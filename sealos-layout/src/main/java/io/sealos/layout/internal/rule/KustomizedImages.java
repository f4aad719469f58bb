package io.sealos.layout.internal.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sealos.images.ImageOccurrence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import java.util.ArrayList;
import java.util.List;

/** The images that kustomizations put others in the place of. */
record KustomizedImages(ClusterImageLayout layout) {
    private static final String FINDER = "kustomization";

    /** Whether all places that name an image are manifests, and a kustomization replaces it there. */
    boolean isReplaced(ImageReference reference) {
        boolean inChart = layout.images().occurrences(reference).stream()
                .anyMatch(it -> it.chart().isPresent());
        return !inChart
                && layout.images().occurrences().stream()
                        .filter(it -> it.finder().equals(FINDER))
                        .map(ImageOccurrence::file)
                        .distinct()
                        .anyMatch(file -> replaced(file).contains(reference.familiarName()));
    }

    private List<String> replaced(String file) {
        List<String> names = new ArrayList<>();
        String text = layout.file(file).flatMap(ContextFile::text).orElse("");
        try {
            JsonNode images = new YAMLMapper().readTree(text).path("images");
            images.forEach(image -> names.add(familiarName(image.path("name").asText())));
        } catch (JsonProcessingException e) {
            return List.of(); // images-unreadable reports it.
        }
        return names;
    }

    private static String familiarName(String name) {
        try {
            return ImageReference.parse(name).familiarName();
        } catch (ImageReferenceException e) {
            return name; // A kustomization may replace what is no reference.
        }
    }
}
