package io.sealos.images.internal.values;

/** Reads an expression character by character, as the parser of Helm does. */
final class RuneReader {
    /** The value of {@link #stop()} at the end of the expression. */
    static final char END = 0;

    private final String text;
    private final boolean escapes;
    private int at;
    private char stop = END;

    RuneReader(String text, boolean escapes) {
        this.text = text;
        this.escapes = escapes;
    }

    /**
     * Reads up to one of the characters, which is consumed and stored in {@link #stop()}. A backslash escapes a
     * character.
     */
    String until(String stops) {
        StringBuilder read = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (stops.indexOf(c) >= 0) {
                stop = c;
                return read.toString();
            }
            if (c != '\\' || !escapes) {
                read.append(c);
            } else if (at < text.length()) {
                read.append(text.charAt(at++));
            }
        }
        stop = END;
        return read.toString();
    }

    char stop() {
        return stop;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    /**
     * Skips white space and one comma after it.
     *
     * @return whether there was a comma or the end
     */
    boolean skipEmptyValue() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return skip(',') || atEnd();
    }

    String rest() {
        return text.substring(at);
    }

    void skip(int characters) {
        at = Math.min(text.length(), at + characters);
    }
}
