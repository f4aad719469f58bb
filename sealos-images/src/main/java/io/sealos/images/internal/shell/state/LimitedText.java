package io.sealos.images.internal.shell.state;

import java.util.Optional;

/** A text that is built from parts, and dropped if it becomes too long. */
public final class LimitedText {
    private static final int LONGEST = 1 << 20;

    private final StringBuilder text = new StringBuilder();
    private boolean overflow;

    public LimitedText append(String piece) {
        overflow |= text.length() + piece.length() > LONGEST;
        text.append(overflow ? "" : piece);
        return this;
    }

    /** {@return whether text was dropped} */
    public boolean overflow() {
        return overflow;
    }

    /** {@return the whole text; empty if it is too long} */
    public Optional<String> whole() {
        return overflow ? Optional.empty() : Optional.of(text.toString());
    }
}
