package io.sealos.kubefile;

/** One word of an instruction: as it is written, quotes and escapes and all, and where it stands. Immutable. */
public final class Argument {
    private final String text;
    private final SourceRange range;

    Argument(String text, SourceRange range) {
        this.text = text;
        this.range = range;
    }

    /** {@return the word as written, continuations joined; in the JSON form the string that it stands for} */
    public String text() {
        return text;
    }

    /** {@return where the word stands, in the JSON form with its quotes} */
    public SourceRange range() {
        return range;
    }

    @Override
    public String toString() {
        return text;
    }
}
