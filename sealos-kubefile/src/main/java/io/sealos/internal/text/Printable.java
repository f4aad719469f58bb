package io.sealos.internal.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Makes text from files, registries and archives safe to show in messages: on one line, of limited length, and without
 * characters that a terminal interprets or that hide other characters.
 */
public final class Printable {
    private static final int LONGEST = 1000;
    private static final int LONGEST_MESSAGE = 4000;
    private static final int MOST_LINES = 100;

    private Printable() {}

    /**
     * {@return the text with each control and format character, line and paragraph separator and lone surrogate written
     * as an escape such as {@code \n} or {@code \u001b}, and without the characters after the first 1,000}
     */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /**
     * {@return the text as {@link #of(String)} returns it, cut after a number of characters}
     *
     * @param most the number of characters of the text that are shown; the rest is replaced with {@code …} and its
     *     length
     */
    public static String of(String text, int most) {
        if (text.length() <= most && text.codePoints().allMatch(Printable::isPlain)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length() && at < most) {
            int point = text.codePointAt(at);
            append(point, shown);
            at += Character.charCount(point);
        }
        return at == text.length() ? shown.toString() : shown + "… (" + (text.length() - at) + " more)";
    }

    /** {@return a message that quotes such texts as {@link #of(String)} returns it, cut after 4,000 characters} */
    public static String message(String text) {
        return of(text, LONGEST_MESSAGE);
    }

    /** {@return the first 100 messages, one per line, and the number of the rest} */
    public static String lines(List<String> messages) {
        int more = messages.size() - MOST_LINES;
        return messages.stream()
                .limit(MOST_LINES)
                .map(Printable::message)
                .collect(Collectors.joining("\n", "", more > 0 ? "\nand " + more + " more" : ""));
    }

    private static void append(int point, StringBuilder shown) {
        switch (point) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (isPlain(point)) {
                    shown.appendCodePoint(point);
                } else {
                    shown.append(String.format(Locale.ROOT, point > 0xFFFF ? "\\U%08x" : "\\u%04x", point));
                }
            }
        }
    }

    /** {@return whether a character is shown as it is} */
    public static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
