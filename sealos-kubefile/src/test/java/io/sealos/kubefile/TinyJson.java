package io.sealos.kubefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of recorded data, which is well-formed: objects, arrays, strings, words. */
final class TinyJson {
    private final String text;
    private int at;

    private TinyJson(String text) {
        this.text = text;
    }

    static Map<String, Object> object(String text) {
        return new TinyJson(text).readObject();
    }

    private Map<String, Object> readObject() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = readString();
            require(':');
            Object value = readValue();
            if (value != null) {
                object.put(key, value);
            }
            skip(',');
        }
        at++;
        return object;
    }

    private List<Object> readArray() {
        List<Object> array = new ArrayList<>();
        at++;
        while (peek() != ']') {
            Object value = readValue();
            if (value != null) {
                array.add(value);
            }
            skip(',');
        }
        at++;
        return array;
    }

    private @Nullable Object readValue() {
        return switch (peek()) {
            case '{' -> readObject();
            case '[' -> readArray();
            case '"' -> readString();
            default -> readWord();
        };
    }

    private @Nullable String readWord() {
        int start = at;
        while (",]} ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        return word.equals("null") ? null : word;
    }

    private String readString() {
        require('"');
        StringBuilder string = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            string.append(c == '\\' ? readEscape() : c);
        }
        at++;
        return string.toString();
    }

    private char readEscape() {
        char c = text.charAt(at++);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        int simple = "bfnrt".indexOf(c);
        return simple < 0 ? c : "\b\f\n\r\t".charAt(simple);
    }

    private char peek() {
        while (text.charAt(at) == ' ') {
            at++;
        }
        return text.charAt(at);
    }

    private void skip(char c) {
        at += peek() == c ? 1 : 0;
    }

    private void require(char c) {
        if (peek() != c) {
            throw new IllegalStateException("no " + c + " at " + at);
        }
        at++;
    }
}
