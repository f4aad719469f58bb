package io.sealos.kubefile;

import io.sealos.internal.text.Printable;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is wrong with a Kubefile, where, and what to do about it. Immutable. */
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
        this.message = leftOut + (leftOut == 1 ? " more problem is" : " more problems are") + " left out";
        this.range = range;
        this.suggestion = null;
        this.leftOut = leftOut;
    }

    /** Stands for the problems from here on, which are too many to be kept. */
    static KubefileProblem ofLeftOut(SourceRange first, int count) {
        return new KubefileProblem(first, count);
    }

    /** How many problems it stands for; 0 if it is one itself. */
    int leftOut() {
        return leftOut;
    }

    /** {@return what is wrong, in one sentence without place or fix} */
    public String message() {
        return message;
    }

    /** {@return where it is} */
    public SourceRange range() {
        return range;
    }

    /** {@return what to do about it, where that is known} */
    public Optional<String> suggestion() {
        return Optional.ofNullable(suggestion);
    }

    /** {@return the line with its number, and below it a caret under the culprit} */
    public String snippet() {
        return range.snippet();
    }

    /** {@return place, problem, snippet and fix, on several lines} */
    @Override
    public String toString() {
        String text = range + ": " + message + "\n" + snippet();
        return suggestion == null ? text : text + "\n" + suggestion;
    }
}
