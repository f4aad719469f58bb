package io.sealos.images.internal.shell;

import java.util.Optional;

/** A text put together out of pieces that is given up when it gets too long. */
final class LimitedText {
    private static final int LONGEST = 1 << 20;

    private final StringBuilder text = new StringBuilder();
    private boolean overflow;

    LimitedText append(String piece) {
        overflow |= text.length() + piece.length() > LONGEST;
        text.append(overflow ? "" : piece);
        return this;
    }

    /** Whether something was left out. */
    boolean overflow() {
        return overflow;
    }

    /** The whole text; empty if it is too long. */
    Optional<String> whole() {
        return overflow ? Optional.empty() : Optional.of(text.toString());
    }
}
