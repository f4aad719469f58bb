package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.internal.text.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a manifest, an index or a configuration that describe an image.
 *
 * @param described the values whose names begin with {@code org.opencontainers.image.}: the annotations of a manifest
 *     or index, or the labels of a configuration
 * @param subject the digest of the manifest to which a manifest is attached; empty for none
 * @param parts the blobs of a manifest without its configuration
 */
record DocumentFacts(SortedMap<String, String> described, String subject, List<Part> parts) {
    private static final String PREFIX = "org.opencontainers.image.";
    private static final List<String> PREDICATES =
            List.of("in-toto.io/predicate-type", "predicateType", "dev.sigstore.bundle.predicateType");
    private static final int LONGEST = 2048;

    /**
     * A blob of a manifest.
     *
     * @param predicate the type of the statement in it; empty if the manifest does not have it
     */
    record Part(String mediaType, String digest, long size, String predicate) {}

    static DocumentFacts of(JsonNode json) {
        SortedMap<String, String> described = new TreeMap<>();
        add(json.path("annotations"), described);
        add(json.path("config").path("Labels"), described);
        List<Part> parts = new ArrayList<>();
        String ofManifest = predicate(json.path("annotations"));
        for (JsonNode layer : json.path("layers")) {
            String predicate = predicate(layer.path("annotations"));
            parts.add(new Part(
                    Printable.of(layer.path("mediaType").asText("")),
                    layer.path("digest").asText(""),
                    layer.path("size").asLong(0),
                    Printable.of(predicate.isEmpty() ? ofManifest : predicate)));
        }
        return new DocumentFacts(
                Collections.unmodifiableSortedMap(described),
                json.path("subject").path("digest").asText(""),
                List.copyOf(parts));
    }

    /** {@return the type of a statement, which BuildKit, cosign and Sigstore write under different names} */
    private static String predicate(JsonNode annotations) {
        return PREDICATES.stream()
                .map(name -> annotations.path(name).asText(""))
                .filter(type -> !type.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static void add(JsonNode values, SortedMap<String, String> described) {
        values.properties().forEach(value -> {
            String text = value.getValue().asText("");
            if (value.getKey().startsWith(PREFIX) && !text.isBlank() && text.length() <= LONGEST) {
                described.put(value.getKey().substring(PREFIX.length()), Printable.of(text.strip()));
            }
        });
    }

    /** {@return the digest of the manifest that an attestation in an index describes; empty for other manifests} */
    static String attachedTo(JsonNode child) {
        return child.path("annotations").path("vnd.docker.reference.digest").asText("");
    }
}
