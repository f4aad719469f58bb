package io.sealos.images.internal.shell.expand;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins parts to words, and splits them where the shell does. */
public final class FieldBuilder {
    /** The largest number of characters of all words. */
    private static final int LONGEST = 100_000;

    private static final int MOST = 10_000;

    /** A word, and its form as a pattern, in which quoted characters are literal. */
    record Field(String text, String pattern) {}

    /** The default separators of words. */
    public static final String BLANKS = " \t\n";

    private final @Nullable String separators;
    private final List<Field> fields = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder pattern = new StringBuilder();
    private boolean started;
    private boolean optional;
    private boolean overflow;
    private int room;

    /** Creates a builder with the characters that separate words; null if nothing does. */
    FieldBuilder(@Nullable String separators) {
        this(separators, LONGEST);
    }

    /** Creates a builder with the characters that separate words and the largest number of characters of all words. */
    FieldBuilder(@Nullable String separators, int longest) {
        this.separators = separators;
        this.room = longest;
    }

    void append(String piece, boolean quoted) {
        started |= quoted || !piece.isEmpty();
        if (piece.length() <= room) {
            room -= piece.length();
            text.append(piece);
            pattern.append(quoted ? ShellPattern.quote(piece) : piece);
        } else {
            overflow = true;
        }
    }

    /** Appends the result of an expansion without quotes, which is split. */
    void appendSplit(String piece) {
        if (separators == null) {
            append(piece, true);
            return;
        }
        int start = 0;
        for (int i = 0; i <= piece.length(); i++) {
            boolean ends = i < piece.length() && separators.indexOf(piece.charAt(i)) >= 0;
            if (ends || i == piece.length()) {
                append(piece.substring(start, i), false);
                start = i + 1;
            }
            if (ends) {
                started |= !Character.isWhitespace(piece.charAt(i));
                end();
            }
        }
    }

    /** Ends the current word, if there is one. */
    void end() {
        overflow |= fields.size() >= MOST;
        if (started && !(optional && text.isEmpty()) && fields.size() < MOST) {
            fields.add(new Field(text.toString(), pattern.toString()));
        }
        text.setLength(0);
        pattern.setLength(0);
        started = false;
        optional = false;
    }

    /** Appends a list without items, which leaves nothing, even in quotes. */
    void appendEmptyList() {
        optional = true;
    }

    /** Ends a word between two items of a list. */
    void next() {
        if (separators != null) {
            end();
        } else {
            append(" ", true);
        }
    }

    /** {@return whether text was dropped because it exceeds the limit} */
    boolean overflow() {
        return overflow;
    }

    List<Field> fields() {
        end();
        return fields;
    }
}
