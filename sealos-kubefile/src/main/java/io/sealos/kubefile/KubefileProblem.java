package io.sealos.kubefile;

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

    KubefileProblem(String message, SourceRange range, @Nullable String suggestion) {
        this.message = Objects.requireNonNull(message);
        this.range = Objects.requireNonNull(range);
        this.suggestion = suggestion;
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
