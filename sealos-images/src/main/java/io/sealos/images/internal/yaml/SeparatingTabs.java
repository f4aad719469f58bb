package io.sealos.images.internal.yaml;

/**
 * Replaces separating tabs with spaces: those after the colon of a key, after a value, and inside brackets. Kubectl and
 * Helm accept such tabs, but the parser does not. Tabs of indentation, which are an error everywhere, and tabs inside
 * texts are kept. A tab becomes one space, so that all positions stay the same.
 */
final class SeparatingTabs {
    private final StringBuilder text;
    private int start;
    private int end;
    private char quote;
    private int brackets;
    /** The indentation that the lines of a block scalar exceed; -1 outside a block scalar. */
    private int block = -1;
    /** The last character of the line that is not a blank, if any. */
    private char before;

    private boolean endsToken;

    private SeparatingTabs(String text) {
        this.text = new StringBuilder(text);
    }

    /** {@return the text with such tabs replaced; the text itself if it has none} */
    static String replaced(String text) {
        return text.indexOf('\t') < 0 ? text : new SeparatingTabs(text).replaced();
    }

    private String replaced() {
        while (start < text.length()) {
            int newline = text.indexOf("\n", start);
            end = newline < 0 ? text.length() : newline;
            int indent = indent();
            if (block >= 0 && (start + indent >= end || indent > block)) {
                start = end + 1;
                continue;
            }
            block = -1;
            line(start + indent);
            start = end + 1;
        }
        return text.toString();
    }

    private int indent() {
        int at = start;
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
        return at - start;
    }

    private void line(int from) {
        boolean nested = quote != 0 || brackets > 0;
        before = 0;
        endsToken = false;
        if (from < end && text.charAt(from) == '\t' && !nested) {
            return;
        }
        int at = from;
        while (at < end && !isComment(at)) {
            at = step(at);
        }
        if (quote == 0 && brackets == 0) {
            blockScalar(from, at);
        }
    }

    private boolean isComment(int at) {
        return quote == 0 && text.charAt(at) == '#' && (at == start || isBlank(text.charAt(at - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /** Skips one character, or consecutive blanks. */
    private int step(int at) {
        char c = text.charAt(at);
        if (quote != 0) {
            return inQuotes(at, c);
        }
        if (isBlank(c)) {
            return blanks(at);
        }
        boolean apart = before == 0 || brackets > 0 || isBlank(text.charAt(at - 1));
        boolean starts = apart && (before == 0 || ":-,[{".indexOf(before) >= 0);
        endsToken = false;
        if ((c == '"' || c == '\'') && starts) {
            quote = c;
        } else if ((c == '[' || c == '{') && starts) {
            brackets++;
        } else if ((c == ']' || c == '}') && brackets > 0) {
            brackets--;
            endsToken = true;
        }
        before = c;
        return at + 1;
    }

    private int inQuotes(int at, char c) {
        boolean pair = quote == '"' ? c == '\\' : c == '\'' && at + 1 < end && text.charAt(at + 1) == '\'';
        if (c == quote && !pair) {
            quote = 0;
            endsToken = true;
            before = c;
        }
        return pair ? at + 2 : at + 1;
    }

    private int blanks(int from) {
        int to = from;
        while (to < end && isBlank(text.charAt(to))) {
            to++;
        }
        boolean last = to >= end || text.charAt(to) == '#';
        boolean marker = from == start + 3 && text.charAt(start) == '-' && before == '-';
        if (last || brackets > 0 || endsToken || marker || before == ':') {
            for (int at = from; at < to; at++) {
                if (text.charAt(at) == '\t') {
                    text.setCharAt(at, ' ');
                }
            }
        }
        return to;
    }

    /** Detects whether a block scalar starts at the end of the content of the line. */
    private void blockScalar(int from, int to) {
        int at = to - 1;
        while (at > from && isBlank(text.charAt(at))) {
            at--;
        }
        while (at > from && "+-0123456789".indexOf(text.charAt(at)) >= 0) {
            at--;
        }
        if (at > from && "|>".indexOf(text.charAt(at)) >= 0 && isBlank(text.charAt(at - 1))) {
            block = parentIndent(from, at);
        }
    }

    /** {@return the column of the key of the value, or of the hyphen} */
    private int parentIndent(int from, int indicator) {
        int item = from;
        int key = from;
        while (key + 1 < end && text.charAt(key) == '-' && isBlank(text.charAt(key + 1))) {
            item = key;
            key++;
            while (key < end && isBlank(text.charAt(key))) {
                key++;
            }
        }
        return (key == indicator ? item : key) - start;
    }
}
