package io.sealos.kubefile;

/** The two notions of white space that buildah's parser has: that of Go, and the one between words. */
final class Whitespace {
    private Whitespace() {}

    /** What {@code unicode.IsSpace} of Go is true for. */
    static boolean isSpace(int c) {
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

    /** What stands between the words of an instruction. */
    static boolean isSeparator(int c) {
        return c == ' ' || c == '\t' || c == 0x0B || c == '\f' || c == '\r';
    }

    static int skipSpace(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int skipSpaceBack(CharSequence text, int from, int to) {
        int at = to;
        while (at > from && isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    static int skipSeparators(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static int endOfWord(CharSequence text, int from, int to) {
        int at = from;
        while (at < to && !isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
