package io.sealos.kubefile.internal.source;

/** The two kinds of white space in the parser of buildah: that of Go, and the separators between words. */
public final class Whitespace {
    private Whitespace() {}

    /** {@return whether {@code unicode.IsSpace} of Go is true for the character} */
    public static boolean isSpace(int c) {
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
        return c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }

    /** {@return whether the character separates words of an instruction} */
    public static boolean isSeparator(int c) {
        return c == ' ' || c == '\t' || c == 0x0B || c == '\f' || c == '\r';
    }

    /** {@return the index of the first character that is not {@link #isSpace space}; {@code to} if there is none} */
    public static int skipSpace(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /**
     * {@return the index after the last character that is not {@link #isSpace space}; {@code from} if there is none}
     */
    public static int skipSpaceBack(CharSequence text, int from, int to) {
        int at = to;
        while (at > from && isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    /**
     * {@return the index of the first character that is no {@link #isSeparator separator}; {@code to} if there is none}
     */
    public static int skipSeparators(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** {@return the index of the first {@link #isSeparator separator}; {@code to} if there is none} */
    public static int endOfWord(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && !isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
