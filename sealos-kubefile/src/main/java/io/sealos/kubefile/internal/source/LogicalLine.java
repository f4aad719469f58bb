package io.sealos.kubefile.internal.source;

import java.util.Arrays;

/** The text of an instruction with its continuation lines joined, and the offset of each part in the source. */
public final class LogicalLine {
    private final SourceText source;
    private final StringBuilder text = new StringBuilder();
    private int[] logicalStarts = new int[1];
    private int[] sourceStarts = new int[1];
    private int parts;

    /** Creates an empty line. */
    public LogicalLine(SourceText source) {
        this.source = source;
    }

    /** Appends the part of the source from {@code start} to just before {@code end}. */
    public void append(int start, int end) {
        if (parts == logicalStarts.length) {
            logicalStarts = Arrays.copyOf(logicalStarts, parts * 2);
            sourceStarts = Arrays.copyOf(sourceStarts, parts * 2);
        }
        logicalStarts[parts] = text.length();
        sourceStarts[parts++] = start;
        text.append(source.text(), start, end);
    }

    /** {@return the text of all parts} */
    public String text() {
        return text.toString();
    }

    /** {@return the number of characters} */
    public int length() {
        return text.length();
    }

    /** {@return the source} */
    public SourceText source() {
        return source;
    }

    /** {@return the offset in the source of the character at this index} */
    public int offset(int index) {
        int part = partOf(index);
        return sourceStarts[part] + index - logicalStarts[part];
    }

    // If several parts begin at this index, all but the last are empty.
    private int partOf(int index) {
        int low = 0;
        int high = parts - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (logicalStarts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
