package io.sealos.images.internal.values;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON value at the start of a text, with its length in characters. */
record JsonValue(Value value, int length) {
    private static final String SCALAR_END = ", \t\r\n";

    static JsonValue first(String text) throws ValuesException {
        String candidate = startsStructure(text) ? text : scalar(text);
        try (JsonParser parser = new JsonFactory().createParser(candidate)) {
            parser.nextToken();
            Value value = read(parser);
            return new JsonValue(value, (int) parser.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new ValuesException("failed parsing --set-json data " + text);
        }
    }

    private static boolean startsStructure(String text) {
        return text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    }

    /** {@return the scalar at the start of a text, without the characters that follow it} */
    private static String scalar(String text) {
        int end = 0;
        while (end < text.length() && SCALAR_END.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    private static Value read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> new Value.Text(parser.getText());
            default -> new Value.Plain(parser.getText());
        };
    }

    private static Value readObject(JsonParser parser) throws IOException {
        Map<String, Value> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            entries.put(key, read(parser));
        }
        return new Value.Mapping(entries);
    }

    private static Value readArray(JsonParser parser) throws IOException {
        List<Value> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(parser));
        }
        return new Value.Sequence(items);
    }
}
