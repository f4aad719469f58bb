package io.sealos.images.internal.yaml;

import io.sealos.images.internal.yaml.YamlNode.Place;

/** A place in a text of lines, and the way from one line with content to the next. */
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

    /** Other characters are refused by YAML, or are several to a column, or break lines. */
    private static boolean isCommon(char c) {
        return (c >= ' ' && c < '\u007f')
                || c == '\n'
                || c == '\t'
                || (c > '\u00a0' && c < '\u2028')
                || (c > '\u2029' && c < Character.MIN_SURROGATE);
    }

    /** Goes to the next line that is neither blank nor a comment; false if there is none. */
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

    /** Whether the line starts or ends a document, or is a directive. */
    boolean isMarker() {
        return at == start && (text.charAt(at) == '%' || text.startsWith("---", at) || text.startsWith("...", at));
    }

    /** Goes to the start of a line's content. */
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

    /** Nothing but spaces and a comment may be left of the line. */
    void expectLineEnd() throws UnusualYamlException {
        int before = at;
        skipSpaces();
        if (at < end && (text.charAt(at) != '#' || at == before)) {
            throw new UnusualYamlException();
        }
    }

    /** Whether what follows is nothing, or a comment after a space. */
    boolean isLineEnd() {
        return at == end || (text.charAt(at) == '#' && text.charAt(at - 1) == ' ');
    }

    boolean isAtEnd() {
        return start >= text.length();
    }

    /** Whether a sequence's item starts here. */
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

    /** The 0-based column of the place. */
    int column() {
        return at - start;
    }

    Place place() {
        return new Place(line + origin.line(), at - start + origin.column());
    }

    /** Where the text of a block scalar starts that is indented by so many spaces and starts on the next line. */
    Place blockPlace(int indent) {
        return new Place(line + 1 + origin.line(), indent + origin.column());
    }

    /** The blank lines that {@link #next} skipped. */
    int blankLines() {
        return blankLines;
    }

    /** Whether {@link #next} skipped a comment. */
    boolean isCommented() {
        return commented;
    }
}
