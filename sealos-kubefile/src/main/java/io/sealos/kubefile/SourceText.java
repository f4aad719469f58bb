package io.sealos.kubefile;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One source file: its text, its name where it has one, and where its lines begin. */
final class SourceText implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final @Nullable String name;
    private final int firstLine;
    private final int[] lineStarts;

    SourceText(String text, @Nullable String name) {
        this(text, name, 1);
    }

    /** An excerpt, which begins with a later line of its file. */
    SourceText(String text, @Nullable String name, int firstLine) {
        this.text = text;
        this.name = name;
        this.firstLine = firstLine;
        this.lineStarts = lineStarts(text);
    }

    String text() {
        return text;
    }

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    SourceRange range(int start, int end) {
        return new SourceRange(this, start, Math.max(start, end));
    }

    SourceText replace(SourceRange range, String replacement) {
        return new SourceText(
                text.substring(0, range.startOffset()) + replacement + text.substring(range.endOffset()),
                name,
                firstLine);
    }

    SourcePosition position(int offset) {
        int line = lineIndex(offset);
        int start = contentStart(line);
        int column = offset <= start ? 1 : text.codePointCount(start, offset) + 1;
        return new SourcePosition(line + firstLine, column);
    }

    /** The line at the offset, without its end. */
    String lineAt(int offset) {
        int line = lineIndex(offset);
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] : text.length();
        while (end > lineStarts[line] && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(contentStart(line), Math.max(end, contentStart(line)));
    }

    private int lineIndex(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found : -found - 2;
    }

    // A byte order mark is no column.
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
}
