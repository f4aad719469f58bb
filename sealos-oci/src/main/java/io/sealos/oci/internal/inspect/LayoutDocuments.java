package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.trust.attach.ArtifactDocuments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the documents that are attached to images of a layout: in the lists to which annotations of {@code index.json}
 * lead, and among its entries, where other tools put them.
 */
final class LayoutDocuments {
    private static final int MOST_DOCUMENTS = 1_000;
    private static final String SIGNATURE = ".sig";

    private final StoredFiles files;
    private final Blobs blobs;

    LayoutDocuments(StoredFiles files) {
        this.files = files;
        this.blobs = new Blobs(files);
    }

    /**
     * {@return the documents of given manifests} A document that was not copied with the layout is left out.
     *
     * @param subjects the digests of an index and of the manifests in it
     */
    List<FoundDocument> of(Set<Digest> subjects) throws IOException {
        Map<String, FoundDocument> found = new LinkedHashMap<>();
        for (JsonNode entry : entries()) {
            if (found.size() >= MOST_DOCUMENTS) {
                throw files.broken("index.json", "has an image with more than " + MOST_DOCUMENTS + " documents");
            }
            if (blobs.has(entry)) {
                read(entry)
                        .filter(document -> subjects.contains(document.subject()))
                        .ifPresent(document -> found.put(document.digest() + " " + document.subject(), document));
            }
        }
        return List.copyOf(found.values());
    }

    /** {@return the documents of a manifest, and those of the indexes that list it} */
    List<FoundDocument> of(Digest manifest) throws IOException {
        Set<Digest> subjects = new LinkedHashSet<>(Set.of(manifest));
        for (JsonNode entry : files.ociIndex().path("manifests")) {
            if (blobs.has(entry) && lists(blobs.document(entry), manifest)) {
                subjects.add(blobs.digest(entry));
            }
        }
        return of(subjects);
    }

    private static boolean lists(JsonNode index, Digest manifest) {
        for (JsonNode entry : index.path("manifests")) {
            if (entry.path("digest").asText("").equals(manifest.toString())) {
                return true;
            }
        }
        return false;
    }

    private List<JsonNode> entries() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode entry : files.ociIndex().path("manifests")) {
            if (isDocument(entry)) {
                entries.add(entry);
            }
            String list = entry.path("annotations").path(ArtifactDocuments.LIST).asText("");
            if (!list.isEmpty()) {
                Digest digest = blobs.digest(list, "index.json");
                if (blobs.has(descriptor(digest))) {
                    blobs.document(digest).path("manifests").forEach(entries::add);
                }
            }
        }
        return entries;
    }

    /** {@return whether an entry of an index is a document, and not an image} */
    static boolean isDocument(JsonNode entry) {
        return entry.has("artifactType") || !subject(tag(entry)).isEmpty();
    }

    private static ObjectNode descriptor(Digest digest) {
        return new ObjectMapper().createObjectNode().put("digest", digest.toString());
    }

    private static String tag(JsonNode entry) {
        return entry.path("annotations").path(LayoutImages.REF_NAME).asText("");
    }

    private Optional<FoundDocument> read(JsonNode entry) throws IOException {
        JsonNode manifest = blobs.document(entry);
        String subject = manifest.path("subject").path("digest").asText(subject(tag(entry)));
        JsonNode layers = manifest.path("layers");
        if (subject.isEmpty() || layers.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> annotations = new TreeMap<>();
        manifest.path("annotations")
                .properties()
                .forEach(one -> annotations.put(one.getKey(), one.getValue().asText("")));
        String type = manifest.path("artifactType")
                .asText(layers.path(0).path("mediaType").asText(""));
        return Optional.of(new FoundDocument(
                blobs.digest(entry),
                blobs.digest(subject, "a document"),
                type,
                blobs.digest(layers.path(0)),
                layers.path(0).path("size").asLong(),
                annotations,
                layers));
    }

    /** {@return the digest of the manifest whose signatures have a tag; empty for another tag} */
    private static String subject(String tag) {
        return tag.startsWith("sha256-") && tag.endsWith(SIGNATURE)
                ? tag.substring(0, tag.length() - SIGNATURE.length()).replaceFirst("-", ":")
                : "";
    }
}
