package io.sealos.oci.internal.work;

import java.io.IOException;
import java.util.Optional;

/** The result of the work on one item: a value or a failure, never both. */
public record ItemOutcome<R>(Optional<R> value, Optional<Exception> failure) {
    static <R> ItemOutcome<R> of(R value) {
        return new ItemOutcome<>(Optional.of(value), Optional.empty());
    }

    static <R> ItemOutcome<R> failed(Exception failure) {
        return new ItemOutcome<>(Optional.empty(), Optional.of(failure));
    }

    /** Returns the same outcome with the value as one of the type. */
    public <T> ItemOutcome<T> as(Class<T> type) {
        return new ItemOutcome<>(value.map(type::cast), failure);
    }

    /**
     * Returns the value, or throws the failure. A checked exception other than an IOException becomes the cause of an
     * IOException.
     */
    public R orThrow() throws IOException {
        Exception cause = failure.orElse(null);
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
        return value.orElseThrow();
    }
}
