package io.sealos.internal.text;

import java.util.Arrays;

/** The positions in a text that a pattern can have reached: each one once, in ascending order. */
final class Positions {
    private int[] values = new int[4];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return values[index];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int last() {
        return values[size - 1];
    }

    /** Adds a position, unless it or a later one has been added. */
    void add(int position) {
        if (size > 0 && values[size - 1] >= position) {
            return;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = position;
    }

    /** Adds both ends of a range of the text, and all positions between two characters of it. */
    void addRange(String text, int from, int to) {
        for (int at = size == 0 ? from : Math.max(from, last() + 1); at <= to; at++) {
            boolean inside =
                    at > 0 && at < text.length() && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
            if (!inside) {
                add(at);
            }
        }
    }

    // The dot of Go does not match a line break, so nothing below a directory with a line break in its name matches.
    boolean reachParentOf(String text) {
        int lastBreak = text.lastIndexOf('\n');
        for (int at = 0; at < size; at++) {
            int position = values[at];
            if (position == text.length() || (text.charAt(position) == '/' && position > lastBreak)) {
                return true;
            }
        }
        return false;
    }
}
