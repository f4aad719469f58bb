package io.sealos.kubefile;

import java.util.Arrays;

/** The text of one instruction with its continuations joined, and where each piece of it stands in the source. */
final class LogicalLine {
    private final SourceText source;
    private final StringBuilder text = new StringBuilder();
    private int[] logicalStarts = new int[1];
    private int[] sourceStarts = new int[1];
    private int pieces;

    LogicalLine(SourceText source) {
        this.source = source;
    }

    void append(int start, int end) {
        if (pieces == logicalStarts.length) {
            logicalStarts = Arrays.copyOf(logicalStarts, pieces * 2);
            sourceStarts = Arrays.copyOf(sourceStarts, pieces * 2);
        }
        logicalStarts[pieces] = text.length();
        sourceStarts[pieces++] = start;
        text.append(source.text(), start, end);
    }

    String text() {
        return text.toString();
    }

    int length() {
        return text.length();
    }

    SourceText source() {
        return source;
    }

    /** The stretch of the source from the first to the last of these characters. */
    SourceRange range(int from, int to) {
        int start = offset(from);
        return source.range(start, to <= from ? start : offset(to - 1) + 1);
    }

    private int offset(int logical) {
        int piece = pieceOf(logical);
        return sourceStarts[piece] + logical - logicalStarts[piece];
    }

    // Of several pieces that begin here only the last has the character: the others are empty.
    private int pieceOf(int logical) {
        int low = 0;
        int high = pieces - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (logicalStarts[middle] <= logical) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
