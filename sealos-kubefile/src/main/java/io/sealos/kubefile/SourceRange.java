package io.sealos.kubefile;

import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of a source text, from its first character to just behind its last one. Immutable.
 *
 * <p>Where several files were joined, the source name says which of them is meant.
 */
public final class SourceRange implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SNIPPET_WIDTH = 160;

    private final SourceText source;
    private final int startOffset;
    private final int endOffset;

    SourceRange(SourceText source, int startOffset, int endOffset) {
        this.source = source;
        this.startOffset = startOffset;
        this.endOffset = endOffset;
    }

    /**
     * {@return a stretch of a line of any text file, for what is to be reported with its place}
     *
     * @param sourceName the name of the file
     * @param line the number of the line in the file, from 1
     * @param text the line, or what is kept of it
     * @param start the index of the first character in {@code text}
     * @param end the index just behind the last character
     */
    public static SourceRange inLine(String sourceName, int line, String text, int start, int end) {
        Objects.checkFromToIndex(start, end, text.length());
        return new SourceRange(new SourceText(text, sourceName, line), start, end);
    }

    /** {@return the place of the first character} */
    public SourcePosition start() {
        return source.position(startOffset);
    }

    /** {@return the place just behind the last character} */
    public SourcePosition end() {
        return source.position(endOffset);
    }

    /** {@return the name of the file, where the text was read from one} */
    public Optional<String> sourceName() {
        return source.name();
    }

    /** {@return the text itself, as it stands in the source, continuations and comments in it included} */
    public String text() {
        return source.text().substring(startOffset, endOffset);
    }

    SourceText source() {
        return source;
    }

    int startOffset() {
        return startOffset;
    }

    int endOffset() {
        return endOffset;
    }

    /** {@return the first line of the range, with carets under it; of a long line what is around it} */
    public String snippet() {
        String line = source.lineAt(startOffset);
        int length = line.codePointCount(0, line.length());
        int column = start().column() - 1;
        int first = Math.max(0, Math.min(column - SNIPPET_WIDTH / 2, length - SNIPPET_WIDTH));
        int end = Math.min(length, first + SNIPPET_WIDTH);
        String before = first == 0 ? "" : "…";
        String shown =
                before + visible(line.substring(line.offsetByCodePoints(0, first), line.offsetByCodePoints(0, end)));
        String number = Integer.toString(start().line());
        return number + " | " + shown + (end == length ? "" : "…") + "\n" + " ".repeat(number.length()) + " | "
                + indent(shown, column - first + before.length())
                + "^".repeat(Math.max(1, Math.min(lengthOnFirstLine(), end - column)));
    }

    /** With U+FFFD for each character that a terminal would obey, so that the carets stand right. */
    private static String visible(String line) {
        StringBuilder visible = new StringBuilder();
        line.codePoints().forEach(c -> visible.appendCodePoint(c == '\t' || Printable.isPlain(c) ? c : 0xFFFD));
        return visible.toString();
    }

    private int lengthOnFirstLine() {
        String text = text();
        int end = text.indexOf('\n');
        return text.codePointCount(0, end < 0 ? text.length() : end);
    }

    // Tabs stay tabs, so that the caret stands right whatever their width.
    private static String indent(String line, int column) {
        StringBuilder indent = new StringBuilder();
        line.codePoints().limit(column).forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
        return indent.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceRange range
                && source == range.source
                && startOffset == range.startOffset
                && endOffset == range.endOffset;
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(source), startOffset, endOffset);
    }

    /** {@return the range as {@code file:line:column}, without the file where there is none} */
    @Override
    public String toString() {
        return source.name().map(name -> Printable.of(name) + ":").orElse("") + start();
    }
}
