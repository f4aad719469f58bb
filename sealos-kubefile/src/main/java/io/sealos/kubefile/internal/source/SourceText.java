package io.sealos.kubefile.internal.source;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a source file, with its name if it has one, and the starts of its lines. */
public final class SourceText implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final @Nullable String name;
    private final int firstLine;
    private final int[] lineStarts;

    /** Creates the text of a whole file. */
    public SourceText(String text, @Nullable String name) {
        this(text, name, 1);
    }

    /** Creates an excerpt of a file that begins with the given line. */
    public SourceText(String text, @Nullable String name, int firstLine) {
        this.text = text;
        this.name = name;
        this.firstLine = firstLine;
        this.lineStarts = lineStarts(text);
    }

    /** {@return the text} */
    public String text() {
        return text;
    }

    /** {@return the name of the file; empty if it has none} */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** {@return the text with the characters from {@code start} to just before {@code end} replaced} */
    public SourceText replace(int start, int end, String replacement) {
        return new SourceText(text.substring(0, start) + replacement + text.substring(end), name, firstLine);
    }

    /** {@return the number of the line at the offset, counted as in the file} */
    public int line(int offset) {
        return lineIndex(offset) + firstLine;
    }

    /** {@return the column of the offset in its line, in code points from 1} */
    public int column(int offset) {
        int start = contentStart(lineIndex(offset));
        return offset <= start ? 1 : text.codePointCount(start, offset) + 1;
    }

    /** {@return the line at the offset, without its line terminator} */
    public String lineAt(int offset) {
        int line = lineIndex(offset);
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
        while (end > lineStarts[line] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(contentStart(line), Math.max(end, contentStart(line)));
    }

    /** {@return the line terminator of the line at the offset; that of the first line if the line has none} */
    public String lineEnd(int offset) {
        int own = text.indexOf('\n', offset);
        int newline = own < 0 ? text.indexOf('\n') : own;
        return newline > 0 && text.charAt(newline - 1) == '\r' ? "\r\n" : "\n";
    }

    private int lineIndex(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    // A byte order mark is not a column.
    private int contentStart(int line) {
        return line == 0 && text.startsWith("\uFEFF") ? 1 : lineStarts[line];
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = end + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceText that
                && firstLine == that.firstLine
                && Objects.equals(name, that.name)
                && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, name, firstLine);
    }
}
