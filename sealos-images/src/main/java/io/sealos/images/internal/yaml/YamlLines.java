package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Place;

/** A position in a text, which moves from one line with content to the next. */
final class YamlLines {
    private final String text;
    private final Place origin;
    private int line;
    private int start;
    private int end;
    private int at;
    private int blankLines;
    private boolean commented;
    private boolean begun;

    YamlLines(String text, Place origin) throws UnusualYamlException {
        this.text = text;
        this.origin = origin;
        for (int i = 0; i < text.length(); i++) {
            if (!isCommon(text.charAt(i))) {
                throw new UnusualYamlException();
            }
        }
        line = -1;
        end = -1;
    }

    /**
     * {@return whether the character is a common one} Other characters are refused by YAML, do not take exactly one
     * column, or break lines.
     */
    private static boolean isCommon(char c) {
        return (c >= ' ' && c < '\u007f')
                || c == '\n'
                || c == '\t'
                || (c > '\u00a0' && c < '\u2028')
                || (c > '\u2029' && c < Character.MIN_SURROGATE);
    }

    /**
     * Moves to the next line that is neither blank nor a comment.
     *
     * @return false if there is none
     */
    boolean next() throws UnusualYamlException {
        blankLines = -1;
        commented = false;
        do {
            if (end >= text.length() - 1) {
                start = text.length();
                end = start;
                at = start;
                return false;
            }
            startLine(end + 1);
            blankLines += at == end ? 1 : 0;
            commented |= at < end && text.charAt(at) == '#';
        } while (at == end || text.charAt(at) == '#');
        if (text.charAt(at) == '\t' || (begun && isMarker())) {
            throw new UnusualYamlException();
        }
        begun = true;
        blankLines++;
        return true;
    }

    /** {@return whether the line starts or ends a document, or is a directive} */
    boolean isMarker() {
        return at == start && (text.charAt(at) == '%' || text.startsWith("---", at) || text.startsWith("...", at));
    }

    /** Moves to the start of the content of a line. */
    void startLine(int from) {
        line++;
        start = from;
        at = from;
        int newline = text.indexOf('\n', from);
        end = newline < 0 ? text.length() : newline;
        skipSpaces();
    }

    void skipSpaces() {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** Checks that the rest of the line has only spaces and a comment. */
    void expectLineEnd() throws UnusualYamlException {
        int before = at;
        skipSpaces();
        if (at < end && (text.charAt(at) != '#' || at == before)) {
            throw new UnusualYamlException();
        }
    }

    /** {@return whether the rest of the line is empty, or a comment after a space} */
    boolean isLineEnd() {
        return at == end || (text.charAt(at) == '#' && text.charAt(at - 1) == ' ');
    }

    boolean isAtEnd() {
        return start >= text.length();
    }

    /** {@return whether an item of a sequence starts here} */
    boolean isDash() {
        return at < end && text.charAt(at) == '-' && (at + 1 == end || text.charAt(at + 1) == ' ');
    }

    char peek() {
        return at < end ? text.charAt(at) : '\n';
    }

    int at() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** {@return the column of the position, from 0} */
    int column() {
        return at - start;
    }

    Place place() {
        return new Place(line + origin.line(), at - start + origin.column());
    }

    /** {@return the place of the text of a block scalar that starts on the next line with this indentation} */
    Place blockPlace(int indent) {
        return new Place(line + 1 + origin.line(), indent + origin.column());
    }

    /** {@return the number of blank lines that {@link #next} skipped} */
    int blankLines() {
        return blankLines;
    }

    /** {@return whether {@link #next} skipped a comment} */
    boolean isCommented() {
        return commented;
    }
}
