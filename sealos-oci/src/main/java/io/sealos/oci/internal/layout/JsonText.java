package io.sealos.oci.internal.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates JSON documents whose properties keep their order. */
final class JsonText {
    private JsonText() {}

    /** Writes the properties of a document. */
    interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static byte[] object(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** {@return a JSON array with one object} */
    static byte[] array(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('[');
        bytes.write(object(body));
        bytes.write(']');
        return bytes.toByteArray();
    }

    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    static void list(JsonGenerator json, String name, @Nullable Collection<String> values) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static void map(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.writeStringField(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    /** Writes a set in the form of Go's map[string]struct{}. */
    static void set(JsonGenerator json, String name, Collection<String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (String value : values) {
            json.writeObjectFieldStart(value);
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
