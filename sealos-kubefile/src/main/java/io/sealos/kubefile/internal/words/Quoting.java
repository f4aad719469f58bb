package io.sealos.kubefile.internal.words;

import io.sealos.kubefile.internal.source.Whitespace;
import java.util.List;
import java.util.stream.Collectors;

/** Quotes strings so that parsing and evaluating the result returns the same string. */
public final class Quoting {
    /** The problem of a value with a line break. */
    public static final String NO_LINE_BREAK =
            "a Kubefile has no way to write a line break in this value: only CMD, ENTRYPOINT, COPY, ADD and VOLUME have"
                    + " one, in JSON";

    private Quoting() {}

    /**
     * {@return a key or value of ENV, LABEL or ARG, in double quotes if necessary}
     *
     * @throws IllegalArgumentException if it has a line break
     */
    public static String value(String value) {
        requireOneLine(value);
        boolean flag = value.startsWith("--");
        return !value.isEmpty() && !flag && value.chars().allMatch(Quoting::isBare) ? value : quoted(value);
    }

    // Only these three characters are special within double quotes, and only a backslash escapes them.
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
     * {@return a value for a Kubefile with any escape directive} With {@code # escape=`} words are split by the
     * backtick, but a backslash still escapes within them. Single quotes mean the same under both.
     */
    public static String valueForAnyEscape(String value) {
        requireOneLine(value);
        return value.indexOf('"') < 0 && value.indexOf('`') < 0
                ? value(value)
                : "'" + value.replace("'", "'\"'\"'") + "'";
    }

    /** {@return whether a quote in a key of ENV or LABEL has no end, under either escape character} */
    public static boolean isOpen(String key) {
        return isOpen(key, '\\') || isOpen(key, '`');
    }

    // An open quote includes the space.
    private static boolean isOpen(String key, char escape) {
        return new WordSplitter(key + "= x", 0, escape).split().size() == 1;
    }

    /** {@return a word without quotes, with special characters escaped} */
    public static String word(String value) {
        requireOneLine(value);
        // A byte order mark at the start of a word is skipped.
        StringBuilder word = new StringBuilder(value.startsWith("\uFEFF") ? "\\" : "");
        value.chars().forEach(c -> {
            if (c == '"' || c == '\'' || c == '$' || c == '\\') {
                word.append('\\');
            }
            word.append((char) c);
        });
        return word.toString();
    }

    /** {@return a flag that is read as {@code --name=value}} */
    public static String flag(String name, String value) {
        requireOneLine(value);
        StringBuilder flag = new StringBuilder("--").append(name).append('=');
        value.chars().forEach(c -> {
            if (c == '"' || c == '\'' || c == '\\' || Whitespace.isSpace(c)) {
                flag.append('\\');
            }
            flag.append((char) c);
        });
        return flag.toString();
    }

    /** {@return the strings as a JSON array on one line} */
    public static String json(List<String> strings) {
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

    /**
     * Requires that a value has no line break.
     *
     * @throws IllegalArgumentException if it has one
     */
    public static void requireOneLine(String value) {
        if (value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException(NO_LINE_BREAK);
        }
    }

    private static boolean isBare(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || "_-./:@,+%".indexOf(c) >= 0;
    }
}
