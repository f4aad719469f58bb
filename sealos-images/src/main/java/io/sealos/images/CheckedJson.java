package io.sealos.images;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An object of a JSON document that is read with checks. A property that is missing or of another type is reported with
 * its place.
 *
 * @param format the format of the document
 * @param source the name of the document
 * @param path the path of the object, such as {@code images[0]}; empty for the root
 * @param node the object
 */
record CheckedJson(Format format, String source, String path, JsonNode node) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** Creates the exception for a place that is not valid. */
    @FunctionalInterface
    interface Fault {
        RuntimeException of(String place, String problem, String fix);
    }

    /**
     * A format of documents.
     *
     * @param version the only version that is known
     * @param name the name, such as {@code a lock file}
     * @param anew the fix by which a valid document is obtained, in the imperative
     * @param fault the exceptions
     */
    record Format(int version, String name, String anew, Fault fault) {}

    /**
     * {@return the text of a file, in UTF-8} No more than the allowed size is read, so that a device ends, too.
     *
     * @param most the largest allowed size in bytes, whole MiB
     */
    static String text(Path file, int most, String anew, Fault fault) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = Files.size(file) > most ? new byte[0] : in.readNBytes(most);
            if (in.read() >= 0) {
                throw fault.of(file.toString(), "the file is larger than " + (most >> 20) + " MiB", anew);
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@return the root of a document, the version of which is known} */
    static CheckedJson root(Format format, String source, String text) {
        CheckedJson root = new CheckedJson(format, source, "", tree(format, source, text));
        if (!root.node.path("version").isInt()) {
            throw format.fault()
                    .of(source, "it is not " + format.name() + ", because it has no version", format.anew());
        }
        int version = root.node.path("version").asInt();
        if (version != format.version()) {
            throw root.fault(
                    "version",
                    "it is " + version + ", and only " + format.version() + " is known",
                    "read it with the release of this library that wrote it, or " + format.anew());
        }
        return root;
    }

    private static JsonNode tree(Format format, String source, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
            throw format.fault().of(place, "it is not JSON", "undo the edit, or " + format.anew());
        }
    }

    /** {@return an exception for a property; an empty name stands for this object} */
    RuntimeException fault(String name, String problem, String fix) {
        String at = name.isEmpty() ? path : path(name);
        return format.fault().of(source + ": " + at, problem, fix);
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** {@return the value of a text that a function reads} */
    <T> T value(String name, Function<String, T> reader) {
        return value(name, text(name), reader);
    }

    private <T> T value(String name, String text, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | SealosException e) {
            throw fault(name, String.valueOf(e.getMessage()), "undo the edit, or " + format.anew());
        }
    }

    String text(String name) {
        if (!node.path(name).isTextual()) {
            throw fault(name, "there is no text", format.anew());
        }
        return node.path(name).asText();
    }

    int number(String name) {
        if (!node.path(name).isInt()) {
            throw fault(name, "there is no whole number", format.anew());
        }
        return node.path(name).asInt();
    }

    boolean flag(String name) {
        if (!node.path(name).isBoolean()) {
            throw fault(name, "there is neither true nor false", format.anew());
        }
        return node.path(name).asBoolean();
    }

    /** {@return the constant with the name that a text has} */
    <E extends Enum<E>> E constant(String name, E[] constants) {
        String text = text(name);
        return Arrays.stream(constants)
                .filter(it -> it.name().equals(text))
                .findFirst()
                .orElseThrow(() -> fault(
                        name,
                        "'" + Printable.of(text) + "' is not one of " + Arrays.toString(constants),
                        "undo the edit, or " + format.anew()));
    }

    /** {@return whether there is a property, for one that earlier releases did not write} */
    boolean has(String name) {
        return node.has(name);
    }

    CheckedJson object(String name) {
        if (!node.path(name).isObject()) {
            throw fault(name, "there is no object", format.anew());
        }
        return new CheckedJson(format, source, path(name), node.path(name));
    }

    /** {@return an object that may be missing} */
    Optional<CheckedJson> optionalObject(String name) {
        return node.has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** {@return what a function reads from each object of an array} */
    <T> List<T> objects(String name, Function<CheckedJson, T> reader) {
        JsonNode array = array(name);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            values.add(reader.apply(new CheckedJson(format, source, path(name) + "[" + i + "]", array.get(i))));
        }
        return values;
    }

    List<String> texts(String name) {
        return values(name, text -> text);
    }

    /** {@return what a function reads from each text of an array} */
    <T> List<T> values(String name, Function<String, T> reader) {
        JsonNode array = array(name);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String element = name + "[" + i + "]";
            if (!array.get(i).isTextual()) {
                throw fault(element, "there is no text", format.anew());
            }
            values.add(value(element, array.get(i).asText(), reader));
        }
        return values;
    }

    private JsonNode array(String name) {
        if (!node.path(name).isArray()) {
            throw fault(name, "there is no array", format.anew());
        }
        return node.path(name);
    }
}
