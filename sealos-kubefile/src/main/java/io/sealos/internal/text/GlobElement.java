package io.sealos.internal.text;

import java.util.function.IntPredicate;

/** One part of a pattern, as a step from the places reached before it to those reached after it. */
sealed interface GlobElement {
    void step(String text, Positions from, Positions to);

    /** Whether it can match at this place of the text; a wrong yes costs only time. */
    default boolean canBegin(String text, int from) {
        return true;
    }

    /** The element as it matches a text that is read backwards. */
    default GlobElement reversed() {
        return this;
    }

    /** Characters that stand for themselves. */
    record Literal(String characters) implements GlobElement {
        @Override
        public void step(String text, Positions from, Positions to) {
            for (int at = 0; at < from.size(); at++) {
                if (text.startsWith(characters, from.get(at))) {
                    to.add(from.get(at) + characters.length());
                }
            }
        }

        @Override
        public boolean canBegin(String text, int from) {
            return text.startsWith(characters, from);
        }

        @Override
        public GlobElement reversed() {
            return new Literal(new StringBuilder(characters).reverse().toString());
        }
    }

    /** One of the characters that are accepted. */
    record One(IntPredicate accepted) implements GlobElement {
        @Override
        public void step(String text, Positions from, Positions to) {
            for (int at = 0; at < from.size(); at++) {
                int position = from.get(at);
                if (position < text.length() && accepted.test(text.codePointAt(position))) {
                    to.add(position + Character.charCount(text.codePointAt(position)));
                }
            }
        }
    }

    /** Any number of characters, be slashes among them or not. */
    record Many(boolean slash) implements GlobElement {
        @Override
        public void step(String text, Positions from, Positions to) {
            for (int at = 0; at < from.size(); at++) {
                int position = from.get(at);
                if (to.isEmpty() || to.last() <= position) {
                    int end = slash ? -1 : text.indexOf('/', position);
                    to.addRange(text, position, end < 0 ? text.length() : end);
                }
                to.add(position);
            }
        }
    }

    /**
     * Two stars: any number of directories, or at the end of a pattern anything. As in Go, where a dot takes no line
     * break, they end before one.
     */
    record Directories(boolean atEnd) implements GlobElement {
        @Override
        public void step(String text, Positions from, Positions to) {
            boolean open = false;
            int next = 0;
            for (int position = from.get(0); position <= text.length(); position++) {
                boolean given = next < from.size() && from.get(next) == position;
                next += given ? 1 : 0;
                open |= given;
                if (given || (open && (atEnd || text.charAt(position - 1) == '/'))) {
                    to.addRange(text, position, position);
                }
                open &= position == text.length() || text.charAt(position) != '\n';
            }
        }
    }
}
