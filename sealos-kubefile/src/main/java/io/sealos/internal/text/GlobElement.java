package io.sealos.internal.text;

import java.util.function.IntPredicate;

/**
 * An element of a pattern. It maps the positions of the text that were reached before the element to those that are
 * reached after it.
 */
sealed interface GlobElement {
    void step(String text, Positions from, Positions to);

    /**
     * {@return whether the element may match at this position of the text} A result of true that is wrong only costs
     * time.
     */
    default boolean canBegin(String text, int from) {
        return true;
    }

    /** {@return the element for matching a text that is read backwards} */
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

    /**
     * A single character.
     *
     * @param accepted accepts the characters that match
     */
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

    /**
     * Any number of characters.
     *
     * @param slash whether slashes may be among them
     */
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
     * Two asterisks: any number of directories or, at the end of a pattern, any text. They do not match a line break,
     * as a dot does not in Go.
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
