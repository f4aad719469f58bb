package io.sealos.kubefile.internal.words;

import io.sealos.kubefile.internal.source.SourceBytes;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Expands variables as sealos itself does: {@code $(X)}, <code>${X}</code>, {@code $X}, and {@code $$} for one dollar.
 *
 * <p>Sealos reads the text byte by byte. A bare name ends at the first byte that, as a Latin-1 character, is neither a
 * letter nor a digit nor an underscore. The text is held here with one character for each byte.
 */
public final class DollarExpansion {
    /** The largest number of characters of expanded commands. */
    public static final int LONGEST = 4 << 20;

    private final String bytes;
    private final Function<String, @Nullable String> variables;
    private final StringBuilder result = new StringBuilder();
    private final Map<Character, Integer> nothingFrom = new HashMap<>();
    private int at;

    /** Expands a text; {@code variables} returns the value of a variable, or null. */
    public DollarExpansion(String text, Function<String, @Nullable String> variables) {
        this.bytes = toBytes(text);
        this.variables = variables;
    }

    /** {@return the exception for commands that expand to more than {@link #LONGEST} characters} */
    public static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("the commands of the image expand to more than " + LONGEST
                + " characters; set shorter values, or put the commands into a script");
    }

    /**
     * {@return the expanded text, with U+FFFD for bytes that are not UTF-8}
     *
     * @throws IllegalArgumentException if it is longer than {@link #LONGEST}
     */
    public String expand() {
        for (at = 0; at < bytes.length(); ) {
            int dollar = bytes.indexOf('$', at);
            int end = dollar < 0 ? bytes.length() : dollar;
            result.append(bytes, at, end);
            at = end;
            if (dollar >= 0) {
                readDollar();
            }
        }
        return toText(result.toString());
    }

    private void readDollar() {
        char next = at + 1 < bytes.length() ? bytes.charAt(at + 1) : 0;
        switch (next) {
            case '$' -> replace(2, "$");
            case '(' -> readEnclosed(')');
            case '{' -> readEnclosed('}');
            default -> readBareName();
        }
    }

    /**
     * Reads a name in parentheses or braces. If it is not closed, sealos writes the start of a command substitution.
     */
    private void readEnclosed(char closing) {
        int close = closing(closing);
        if (close < 0) {
            replace(2, "$(");
        } else {
            replace(close + 1 - at, value(toText(bytes.substring(at + 2, close))));
        }
    }

    /**
     * {@return the index of the closing character; -1 if there is none} A failed search is remembered: a text may open
     * many names that are not closed.
     */
    private int closing(char close) {
        if (at >= nothingFrom.getOrDefault(close, Integer.MAX_VALUE)) {
            return -1;
        }
        int found = bytes.indexOf(close, at + 2);
        if (found < 0) {
            nothingFrom.put(close, at);
        }
        return found;
    }

    private void readBareName() {
        int end = at + 1;
        while (end < bytes.length() && isNameByte(bytes.charAt(end))) {
            end++;
        }
        if (end > at + 1) {
            replace(end - at, value(bytes.substring(at + 1, end)));
        } else if (end < bytes.length()) {
            replace(2, toBytes("$" + bytes.charAt(end)));
        } else {
            replace(1, "$");
        }
    }

    private static boolean isNameByte(char b) {
        return Character.isLetter(b) || Character.isDigit(b) || b == '_';
    }

    private void replace(int length, String replacement) {
        result.append(replacement);
        at += length;
        if (result.length() > LONGEST) {
            throw tooLong();
        }
    }

    // Sealos keeps an unknown variable in a form that the shell executes as a command.
    private String value(String name) {
        String value = variables.apply(name);
        return toBytes(value == null ? "$(" + name + ")" : value);
    }

    private static String toBytes(String text) {
        return new String(SourceBytes.encode(text), StandardCharsets.ISO_8859_1);
    }

    private static String toText(String bytes) {
        return SourceBytes.readable(SourceBytes.decode(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
