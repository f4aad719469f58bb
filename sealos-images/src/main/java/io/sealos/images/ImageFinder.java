package io.sealos.images;

import java.util.List;

/**
 * Finds images that only its author knows of, beside the finders that are always there. It is asked about every text
 * field of every manifest and every rendered chart; {@link ImageRule} is one that needs no code.
 *
 * <pre>{@code
 * ImageFinder versions = field -> field.isIn("elasticsearch.k8s.elastic.co", "Elasticsearch")
 *                 && field.path().equals("spec.version")
 *         ? List.of(ImageReference.parse("docker.elastic.co/elasticsearch/elasticsearch:" + field.text()))
 *         : List.of();
 * }</pre>
 *
 * <p>An exception ends the scan. A scanner that is used by several threads asks from all of them.
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
