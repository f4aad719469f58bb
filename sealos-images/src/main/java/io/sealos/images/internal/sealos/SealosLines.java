package io.sealos.images.internal.sealos;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Splits bytes into lines as sealos does: at line feeds, and after 4096 bytes, because it ignores the result of
 * {@code ReadLine} of Go that says that the line continues. Only one line is held in memory.
 */
public final class SealosLines extends OutputStream {
    private static final int LONGEST = 4096;

    /** A rule for a line. */
    @FunctionalInterface
    public interface Rule {
        Optional<SealosLine> apply(String line, int number);
    }

    private final byte[] mark;
    private final Rule rule;
    private final Consumer<SealosLine> found;
    private final byte[] piece = new byte[LONGEST];
    private int length;
    private int number = 1;

    /** Creates a stream for a rule that applies to all lines. */
    public SealosLines(Rule rule, Consumer<SealosLine> found) {
        this("", rule, found);
    }

    /** Creates a stream for a rule that applies only to lines with this ASCII text. */
    public SealosLines(String mark, Rule rule, Consumer<SealosLine> found) {
        this.mark = mark.getBytes(StandardCharsets.US_ASCII);
        this.rule = rule;
        this.found = found;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        int start = from;
        while (start < from + count) {
            int end = start;
            while (end < from + count && bytes[end] != '\n') {
                end++;
            }
            add(bytes, start, end);
            if (end < from + count) {
                endLine();
                number++;
            }
            start = end + 1;
        }
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    private void add(byte[] bytes, int from, int to) {
        int start = from;
        while (start < to) {
            if (length == LONGEST) {
                endFullPiece();
            }
            int count = Math.min(LONGEST - length, to - start);
            System.arraycopy(bytes, start, piece, length, count);
            length += count;
            start += count;
        }
    }

    /**
     * Ends a line at the limit. Go moves a carriage return at its end to the next line, where a line feed may follow
     * it.
     */
    private void endFullPiece() {
        boolean keeps = piece[LONGEST - 1] == '\r';
        length = keeps ? LONGEST - 1 : LONGEST;
        endPiece();
        if (keeps) {
            piece[length++] = '\r';
        }
    }

    /** Ends a line at a line feed. A carriage return before it is not part of the line. */
    private void endLine() {
        if (length > 0 && piece[length - 1] == '\r') {
            length--;
        }
        endPiece();
    }

    private void endPiece() {
        if (length > 0 && hasMark()) {
            rule.apply(new String(piece, 0, length, StandardCharsets.UTF_8), number)
                    .ifPresent(found);
        }
        length = 0;
    }

    /**
     * {@return whether the line contains the text of the rule} Most lines do not, and decoding them would take most of
     * the time.
     */
    private boolean hasMark() {
        int matched = 0;
        for (int i = 0; i < length && matched < mark.length; i++) {
            // The first letter of the mark occurs in it only once, so matches do not overlap.
            matched = piece[i] == mark[matched] ? matched + 1 : piece[i] == mark[0] ? 1 : 0;
        }
        return matched == mark.length;
    }

    @Override
    public void close() {
        endPiece();
    }
}
