package io.sealos.images;

import java.util.List;

/**
 * Finds images in fields that the built-in finders do not know. A finder is called for every text field of every
 * manifest and rendered chart. {@link ImageRule} is an implementation for a single field.
 *
 * <pre>{@code
 * ImageFinder versions = field -> field.isIn("elasticsearch.k8s.elastic.co", "Elasticsearch")
 *                 && field.path().equals("spec.version")
 *         ? List.of(ImageReference.parse("docker.elastic.co/elasticsearch/elasticsearch:" + field.text()))
 *         : List.of();
 * }</pre>
 *
 * <p>An exception that a finder throws ends the scan. Implementations must be thread-safe if several threads use the
 * scanner.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImageFinder {
    /**
     * {@return the images that a field names, which have the confidence {@link Confidence#CERTAIN}; an empty list if it
     * names none}
     *
     * @param field a text field
     */
    List<ImageReference> find(ManifestField field);
}
