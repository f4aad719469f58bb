package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.sealos.internal.files.PlacedException;
import io.sealos.oci.internal.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The index.json of a layout. Entries of other images are copied unchanged. The file is read token by token, because
 * Jackson's data binding takes longer to initialize than reusing an unchanged layer takes.
 */
final class LayoutIndex {
    static final String REF_NAME = "org.opencontainers.image.ref.name";
    static final String IMAGE_NAME = "io.containerd.image.name";
    private static final String MANIFESTS = "manifests";
    private static final long MAX_BYTES = 64L << 20;
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] json;

    private LayoutIndex(byte[] json) {
        this.json = json;
    }

    /** {@return a new index of one image} */
    static byte[] of(Descriptor image, Map<String, String> annotations, List<String> tags) throws IOException {
        return JsonText.object(index -> {
            index.writeNumberField("schemaVersion", 2);
            index.writeStringField("mediaType", MediaTypes.OCI_INDEX);
            index.writeArrayFieldStart(MANIFESTS);
            addEntries(index, image, annotations, tags);
            index.writeEndArray();
        });
    }

    static LayoutIndex read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw PlacedException.at(file, " is larger than " + MAX_BYTES + " bytes; it is not an index of images");
        }
        LayoutIndex index = new LayoutIndex(Files.readAllBytes(file));
        try {
            if (index.hasManifests()) {
                return index;
            }
        } catch (JsonProcessingException e) {
            throw PlacedException.at(file, " is not JSON, so the layout is broken; write to another directory", e);
        }
        throw PlacedException.at(file, " is not an index of images: it has no list 'manifests'");
    }

    /** Reads the whole file once, so errors are found before the image is written. */
    private boolean hasManifests() throws IOException {
        try (JsonParser parser = JSON.createParser(json);
                JsonGenerator nowhere = JSON.createGenerator(OutputStream.nullOutputStream())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return false;
            }
            boolean found = false;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean manifests = parser.currentName().equals(MANIFESTS);
                found |= parser.nextToken() == JsonToken.START_ARRAY && manifests;
                copy(parser, nowhere);
            }
            return found;
        }
    }

    /**
     * Copies the current value with its numbers as they are written. {@code copyCurrentStructureExact} does the same,
     * but only in Jackson 2.21 and later, and Spring Boot 4.0 has an earlier version.
     */
    private static void copy(JsonParser from, JsonGenerator to) throws IOException {
        int depth = 0;
        do {
            to.copyCurrentEventExact(from);
            depth += from.currentToken().isStructStart()
                    ? 1
                    : from.currentToken().isStructEnd() ? -1 : 0;
        } while (depth > 0 && from.nextToken() != null);
    }

    /**
     * {@return the index with an entry of the image for each of the tags, which no longer point to other images}
     * Without tags, the image gets one entry.
     */
    byte[] with(Descriptor image, Map<String, String> annotations, List<String> tags) throws IOException {
        try (JsonParser old = JSON.createParser(json)) {
            old.nextToken();
            return JsonText.object(index -> {
                while (old.nextToken() == JsonToken.FIELD_NAME) {
                    String field = old.currentName();
                    index.writeFieldName(field);
                    if (old.nextToken() == JsonToken.START_ARRAY && field.equals(MANIFESTS)) {
                        index.writeStartArray();
                        keepEntries(old, index, image, tags);
                        addEntries(index, image, annotations, tags);
                        index.writeEndArray();
                    } else {
                        copy(old, index);
                    }
                }
            });
        }
    }

    private static void keepEntries(JsonParser old, JsonGenerator index, Descriptor image, List<String> tags)
            throws IOException {
        while (old.nextToken() != JsonToken.END_ARRAY) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator copy = JSON.createGenerator(bytes)) {
                copy(old, copy);
            }
            byte[] entry = bytes.toByteArray();
            if (!isReplaced(entry, image, tags)) {
                index.writeRawValue(new String(entry, StandardCharsets.UTF_8));
            }
        }
    }

    private static boolean isReplaced(byte[] entry, Descriptor image, List<String> tags) throws IOException {
        String tag = text(entry, "annotations", REF_NAME);
        return tag.isEmpty() ? text(entry, "digest").equals(image.digest().toString()) : tags.contains(tag);
    }

    /** Writes an entry for each tag, or one entry if there are no tags. */
    private static void addEntries(JsonGenerator index, Descriptor image, Map<String, String> common, List<String> tags)
            throws IOException {
        List<SortedMap<String, String>> annotations = new ArrayList<>();
        for (String tag : tags) {
            SortedMap<String, String> named = new TreeMap<>(common);
            named.putAll(Map.of(IMAGE_NAME, tag, REF_NAME, tag));
            annotations.add(named);
        }
        if (annotations.isEmpty()) {
            annotations.add(new TreeMap<>(common));
        }
        for (SortedMap<String, String> names : annotations) {
            ImageDocuments.descriptor(index, image, names);
        }
    }

    /** {@return the text at a path of fields; empty if there is none} */
    private static String text(byte[] object, String... path) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            JsonToken token = parser.nextToken();
            for (String field : path) {
                token = token == JsonToken.START_OBJECT ? value(parser, field) : null;
            }
            return token == JsonToken.VALUE_STRING ? parser.getText() : "";
        }
    }

    /** Moves to the value of a field of the object that begins here. */
    private static @Nullable JsonToken value(JsonParser parser, String field) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals(field);
            JsonToken value = parser.nextToken();
            if (wanted) {
                return value;
            }
            parser.skipChildren();
        }
        return null;
    }
}
