package io.sealos.kubefile;

import io.sealos.internal.text.Printable;
import io.sealos.kubefile.internal.source.SourceText;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * A range of a source text, from its first character to just after its last one. Immutable and thread-safe.
 *
 * <p>If several files were joined, {@link #sourceName()} gives the file that contains the range.
 *
 * @since 0.1.0
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
        this.endOffset = Math.max(startOffset, endOffset);
    }

    /**
     * {@return a range within a line of any text file}
     *
     * @param sourceName the name of the file
     * @param line the number of the line in the file, from 1
     * @param text the line, or its beginning
     * @param start the index of the first character in {@code text}
     * @param end the index just after the last character
     * @throws IndexOutOfBoundsException if the indexes are not a range of {@code text}
     */
    public static SourceRange inLine(String sourceName, int line, String text, int start, int end) {
        Objects.requireNonNull(sourceName, "sourceName");
        Objects.checkFromToIndex(start, end, text.length());
        return new SourceRange(new SourceText(text, sourceName, line), start, end);
    }

    /** {@return the position of the first character} */
    public SourcePosition start() {
        return position(startOffset);
    }

    /** {@return the position just after the last character} */
    public SourcePosition end() {
        return position(endOffset);
    }

    private SourcePosition position(int offset) {
        return new SourcePosition(source.line(offset), source.column(offset));
    }

    /** {@return the name of the file; empty if the text was not read from a file} */
    public Optional<String> sourceName() {
        return source.name();
    }

    /** {@return the text of the range, including continuations and comments within it} */
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

    /**
     * {@return the first line of the range with its number, and carets below the range} At most 160 characters of the
     * line are shown.
     */
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

    /** Replaces each character that a terminal would interpret with U+FFFD, which keeps the carets aligned. */
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

    // Tabs stay tabs, so the carets are aligned whatever the width of a tab.
    private static String indent(String line, int column) {
        StringBuilder indent = new StringBuilder();
        line.codePoints().limit(column).forEach(c -> indent.append(c == '\t' ? '\t' : ' '));
        return indent.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceRange range
                && startOffset == range.startOffset
                && endOffset == range.endOffset
                && source.equals(range.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, startOffset, endOffset);
    }

    /** {@return the start of the range as {@code file:line:column}, or {@code line:column} without a file} */
    @Override
    public String toString() {
        return source.name().map(name -> Printable.of(name) + ":").orElse("") + start();
    }
}
