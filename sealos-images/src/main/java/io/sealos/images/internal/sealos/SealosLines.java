package io.sealos.images.internal.sealos;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts bytes into what sealos takes for lines: at line feeds, and every 4096 bytes, because it ignores that Go's
 * {@code ReadLine} says that there is more. Memory is one such piece.
 */
public final class SealosLines extends OutputStream {
    private static final int LONGEST = 4096;

    /** A rule that looks at one piece. */
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

    /** For a rule that may see something in any line. */
    public SealosLines(Rule rule, Consumer<SealosLine> found) {
        this("", rule, found);
    }

    /** For a rule that sees something in lines with this ASCII text only. */
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

    /** Go keeps a carriage return at the end for the next piece, where a line feed may follow it. */
    private void endFullPiece() {
        boolean keeps = piece[LONGEST - 1] == '\r';
        length = keeps ? LONGEST - 1 : LONGEST;
        endPiece();
        if (keeps) {
            piece[length++] = '\r';
        }
    }

    /** A carriage return before a line feed is no part of the line. */
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

    /** Most lines do not name an image, and to make text of them is what takes the time. */
    private boolean hasMark() {
        int matched = 0;
        for (int i = 0; i < length && matched < mark.length; i++) {
            // The mark's first letter comes once in it, so that no match overlaps another.
            matched = piece[i] == mark[matched] ? matched + 1 : piece[i] == mark[0] ? 1 : 0;
        }
        return matched == mark.length;
    }

    @Override
    public void close() {
        endPiece();
    }
}
