package io.sealos.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Writes JSON for people and for comparison in git: properties in the order in which they are written, one value per
 * line, indented by two spaces, with line feeds on every system.
 */
public final class PrettyJson {
    private PrettyJson() {}

    /** Writes the properties of an object. */
    @FunctionalInterface
    public interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** Writes the properties of one element of an array. */
    @FunctionalInterface
    public interface Element<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    /** {@return the text of an object, with a trailing line feed} */
    public static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer());
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written to", e);
        }
        return text.append('\n').toString();
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    }

    /** Writes a property that is an array of objects. */
    public static <T> void objects(JsonGenerator json, String name, Collection<T> values, Element<T> element)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T value : values) {
            json.writeStartObject();
            element.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes a property that is an array of one object. */
    public static void single(JsonGenerator json, String name, Body body) throws IOException {
        objects(json, name, List.of(body), (out, only) -> only.writeTo(out));
    }

    /** Writes a property that is an array of texts. */
    public static void texts(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
