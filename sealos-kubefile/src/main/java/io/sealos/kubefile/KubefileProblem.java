package io.sealos.kubefile;

import io.sealos.SealosException;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem in a Kubefile, with its message, its place and a suggested fix. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class KubefileProblem implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final SourceRange range;
    private final @Nullable String suggestion;
    private final int leftOut;

    KubefileProblem(String message, SourceRange range, @Nullable String suggestion) {
        this.message = Printable.message(message);
        this.range = Objects.requireNonNull(range);
        this.suggestion = suggestion == null ? null : Printable.message(suggestion);
        this.leftOut = 0;
    }

    private KubefileProblem(SourceRange range, int leftOut) {
        this.message = Count.of(leftOut, "more problem", "is", "are") + " left out";
        this.range = range;
        this.suggestion = null;
        this.leftOut = leftOut;
    }

    /** {@return a problem that stands for the problems that were not kept, the first of which is at {@code first}} */
    static KubefileProblem ofLeftOut(SourceRange first, int count) {
        return new KubefileProblem(first, count);
    }

    /** {@return the number of problems that were not kept and that this one stands for; 0 for a real problem} */
    int leftOut() {
        return leftOut;
    }

    /** {@return the message, one sentence without place or fix} */
    public String message() {
        return message;
    }

    /** {@return the place in the source} */
    public SourceRange range() {
        return range;
    }

    /** {@return the fix, one or more sentences; empty if none is known} */
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }

    /** {@return the source line with its number, and carets below the range} */
    public String snippet() {
        return range.snippet();
    }

    /**
     * {@return the place, the message and the fix as a part of an exception, in which the fix has no capital letter and
     * no full stop}
     */
    public SealosException.Part part() {
        return new SealosException.Part(range.toString(), message, suggestion == null ? "" : phrase(suggestion));
    }

    /** {@return a sentence as it continues another one, without its capital letter and full stop} */
    static String phrase(String sentence) {
        int end = sentence.endsWith(".") ? sentence.length() - 1 : sentence.length();
        return sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubefileProblem that
                && message.equals(that.message)
                && range.equals(that.range)
                && Objects.equals(suggestion, that.suggestion)
                && leftOut == that.leftOut;
    }

    @Override
    public int hashCode() {
        return Objects.hash(message, range, suggestion, leftOut);
    }

    /** {@return place, message, snippet and suggestion, on several lines} */
    @Override
    public String toString() {
        String text = range + ": " + message + "\n" + snippet();
        return suggestion == null ? text : text + "\n" + suggestion;
    }
}
