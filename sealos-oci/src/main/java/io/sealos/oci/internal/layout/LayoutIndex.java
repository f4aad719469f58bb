package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The index.json of a layout. What it says about other images stays as it is. */
final class LayoutIndex {
    static final String REF_NAME = "org.opencontainers.image.ref.name";
    static final String IMAGE_NAME = "io.containerd.image.name";
    private static final long MAX_BYTES = 64L << 20;

    private final ObjectNode index;

    private LayoutIndex(ObjectNode index) {
        this.index = index;
    }

    /** A new one, for one image. */
    static byte[] of(Descriptor image, List<String> tags) throws IOException {
        return JsonText.object(index -> {
            index.writeNumberField("schemaVersion", 2);
            index.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            index.writeArrayFieldStart("manifests");
            for (SortedMap<String, String> names : names(tags)) {
                ImageDocuments.descriptor(index, image, names);
            }
            index.writeEndArray();
        });
    }

    static LayoutIndex read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes; it is no index of images");
        }
        try {
            JsonNode read = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (read instanceof ObjectNode index && index.get("manifests") instanceof ArrayNode) {
                return new LayoutIndex(index);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(file + " is no JSON, so the layout is broken; write to another folder", e);
        }
        throw new IOException(file + " is no index of images: it has no list 'manifests'");
    }

    /** Lets the tags point to the image, and no longer to another; without tags the image has one plain entry. */
    void put(Descriptor image, List<String> tags) throws IOException {
        ArrayNode manifests = index.withArray("manifests");
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode manifest : manifests) {
            if (!isReplaced(manifest, image, tags)) {
                kept.add(manifest);
            }
        }
        manifests.removeAll();
        manifests.addAll(kept);
        for (SortedMap<String, String> names : names(tags)) {
            manifests.add(entry(image, names));
        }
    }

    /** The annotations of the entries that an image has: one for each tag, or a plain one. */
    private static List<SortedMap<String, String>> names(List<String> tags) {
        List<SortedMap<String, String>> names = new ArrayList<>();
        for (String tag : tags) {
            names.add(new TreeMap<>(Map.of(IMAGE_NAME, tag, REF_NAME, tag)));
        }
        return names.isEmpty() ? List.of(new TreeMap<>()) : names;
    }

    private static boolean isReplaced(JsonNode manifest, Descriptor image, List<String> tags) {
        String tag = manifest.path("annotations").path(REF_NAME).asText("");
        if (!tag.isEmpty()) {
            return tags.contains(tag);
        }
        return manifest.path("digest").asText("").equals(image.digest().toString());
    }

    private static JsonNode entry(Descriptor image, SortedMap<String, String> annotations) throws IOException {
        byte[] json = JsonText.object(object -> {
            object.writeFieldName("entry");
            ImageDocuments.descriptor(object, image, annotations);
        });
        return new ObjectMapper().readTree(json).path("entry");
    }

    byte[] toJson() throws IOException {
        return new ObjectMapper().writeValueAsBytes(index);
    }
}
