package io.sealos.kubefile;

import org.jspecify.annotations.Nullable;

/** One word of an instruction: as it is written, quotes and escapes and all, and where it stands. Immutable. */
public final class Argument {
    private final SourceText source;
    private final int start;
    private final int end;
    // Only where it is not what stands in the source: most words are, and a file has many.
    private final @Nullable String text;

    Argument(String text, SourceRange range) {
        this.source = range.source();
        this.start = range.startOffset();
        this.end = range.endOffset();
        boolean same = text.length() == end - start && source.text().startsWith(text, start);
        this.text = same ? null : text;
    }

    /** {@return the word as written, continuations joined; in the JSON form the string that it stands for} */
    public String text() {
        return text == null ? source.text().substring(start, end) : text;
    }

    /** {@return where the word stands, in the JSON form with its quotes} */
    public SourceRange range() {
        return source.range(start, end);
    }

    @Override
    public String toString() {
        return text();
    }
}
