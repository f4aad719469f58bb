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

    private final Rule rule;
    private final Consumer<SealosLine> found;
    private final byte[] piece = new byte[LONGEST];
    private int length;
    private int number = 1;

    public SealosLines(Rule rule, Consumer<SealosLine> found) {
        this.rule = rule;
        this.found = found;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            add(bytes[i]);
        }
    }

    @Override
    public void write(int value) {
        add((byte) value);
    }

    private void add(byte value) {
        if (value == '\n') {
            endPiece();
            number++;
            return;
        }
        if (length == LONGEST) {
            endFullPiece();
        }
        piece[length++] = value;
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

    private void endPiece() {
        if (length > 0) {
            rule.apply(new String(piece, 0, length, StandardCharsets.UTF_8), number)
                    .ifPresent(found);
        }
        length = 0;
    }

    @Override
    public void close() {
        endPiece();
    }
}
