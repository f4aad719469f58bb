package io.sealos.kubefile;

/**
 * A position in a source text.
 *
 * <p>Lines and columns are numbered from 1. Columns count Unicode code points, so a supplementary character is one
 * column wide. Positions are ordered by line, then by column.
 *
 * @param line the line, from 1
 * @param column the column, from 1
 * @since 0.1.0
 */
public record SourcePosition(int line, int column) implements Comparable<SourcePosition> {
    /**
     * Creates a position.
     *
     * @param line the line, from 1
     * @param column the column, from 1
     * @throws IllegalArgumentException if the line or the column is less than 1
     */
    public SourcePosition {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "line " + line + ", column " + column + " is not a position; both begin at 1");
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
