package io.sealos.internal.text;

import java.util.Arrays;

/** The characters between brackets: ranges of code points, or all code points outside these ranges. */
final class CharacterClass {
    private final boolean negated;
    private int[] bounds = new int[4];
    private int size;

    CharacterClass(boolean negated) {
        this.negated = negated;
    }

    void add(int from, int to) {
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, size * 2);
        }
        bounds[size++] = from;
        bounds[size++] = to;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int codePoint) {
        for (int at = 0; at < size; at += 2) {
            if (bounds[at] <= codePoint && codePoint <= bounds[at + 1]) {
                return !negated;
            }
        }
        return negated;
    }
}
