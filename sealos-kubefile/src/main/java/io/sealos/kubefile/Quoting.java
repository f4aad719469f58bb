package io.sealos.kubefile;

import java.util.List;
import java.util.stream.Collectors;

/** Writes strings so that parsing and evaluation give back exactly them. */
final class Quoting {
    private Quoting() {}

    /** A key or value of ENV, LABEL or ARG: bare where that is safe, else in double quotes. */
    static String value(String value) {
        requireOneLine(value);
        return !value.isEmpty() && value.chars().allMatch(Quoting::isBare) ? value : quoted(value);
    }

    // Only these three have a meaning inside double quotes, and only a backslash takes it away.
    private static String quoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '$' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append((char) c);
        });
        return quoted.append('"').toString();
    }

    /**
     * A value where {@code # escape=`} may be in force: that splits words, while a backslash still escapes in them.
     * Only single quotes mean the same to both.
     */
    static String valueForAnyEscape(String value) {
        requireOneLine(value);
        return value.indexOf('"') < 0 && value.indexOf('`') < 0
                ? value(value)
                : "'" + value.replace("'", "'\"'\"'") + "'";
    }

    /** A value behind an open quote of its key would end that quote, not begin one. */
    static void requireClosed(Argument key) {
        if (isOpen(key.text(), '\\') || isOpen(key.text(), '`')) {
            throw new IllegalArgumentException("the key " + SourceBytes.readable(key.text()) + " at " + key.range()
                    + " has a quote without its end, so no value can be set; replace the instruction");
        }
    }

    // A quote that is open takes the space in.
    private static boolean isOpen(String key, char escape) {
        return new WordSplitter(key + "= x", 0, escape).split().size() == 1;
    }

    /** A word outside quotes, all of it escaped that has a meaning there. */
    static String word(String value) {
        requireOneLine(value);
        StringBuilder word = new StringBuilder();
        value.chars().forEach(c -> {
            if (c == '"' || c == '\'' || c == '$' || c == '\\') {
                word.append('\\');
            }
            word.append((char) c);
        });
        return word.toString();
    }

    static String json(List<String> strings) {
        return strings.stream().map(Quoting::jsonString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String jsonString(String value) {
        StringBuilder json = new StringBuilder("\"");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < 0x20) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    static void requireOneLine(String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                    "a Kubefile has no way to write a line break in this value: only CMD, ENTRYPOINT, COPY, ADD and"
                            + " VOLUME have one, in JSON");
        }
    }

    private static boolean isBare(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "_-./:@,+%".indexOf(c) >= 0;
    }
}
