package io.sealos.kubefile;

import io.sealos.kubefile.internal.source.SourceText;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A word of an instruction as written, with its quotes and escapes, and its place in the source. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class Argument {
    private final SourceText source;
    private final int start;
    private final int end;
    // Null if it is the text of the range. That holds for most words, and saves memory.
    private final @Nullable String text;

    Argument(String text, SourceRange range) {
        this.source = range.source();
        this.start = range.startOffset();
        this.end = range.endOffset();
        boolean same = text.length() == end - start && source.text().startsWith(text, start);
        this.text = same ? null : text;
    }

    /** {@return the word as written, with continuation lines joined; in the JSON form, the decoded string} */
    public String text() {
        return text == null ? source.text().substring(start, end) : text;
    }

    /** {@return the range of the word in the source; in the JSON form, including its quotes} */
    public SourceRange range() {
        return new SourceRange(source, start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Argument that && text().equals(that.text()) && range().equals(that.range());
    }

    @Override
    public int hashCode() {
        return Objects.hash(text(), range());
    }

    @Override
    public String toString() {
        return text();
    }
}
