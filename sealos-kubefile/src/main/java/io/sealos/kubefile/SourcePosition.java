package io.sealos.kubefile;

/**
 * A position in a source text.
 *
 * <p>Lines and columns count from 1; columns count Unicode code points, so a character outside the basic plane is one
 * column wide.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record SourcePosition(int line, int column) implements Comparable<SourcePosition> {
    /** Rejects positions that no text has. */
    public SourcePosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("no such position: line " + line + ", column " + column);
        }
    }

    @Override
    public int compareTo(SourcePosition other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /** {@return the position as editors write it, {@code line:column}} */
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
