package io.sealos.images;

import java.util.List;

/**
 * Finds images in fields that the built-in finders do not know. It is asked about every text field of every manifest
 * and rendered chart. {@link ImageRule} is an implementation for a single field.
 *
 * <pre>{@code
 * ImageFinder versions = field -> field.isIn("elasticsearch.k8s.elastic.co", "Elasticsearch")
 *                 && field.path().equals("spec.version")
 *         ? List.of(ImageReference.parse("docker.elastic.co/elasticsearch/elasticsearch:" + field.text()))
 *         : List.of();
 * }</pre>
 *
 * <p>An exception ends the scan. A scanner that several threads use calls its finders from all of them.
 */
@FunctionalInterface
public interface ImageFinder {
    /**
     * {@return the images that a field names, of confidence {@link Confidence#CERTAIN}; mostly none}
     *
     * @param field a text field
     */
    List<ImageReference> find(ManifestField field);
}
