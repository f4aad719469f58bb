package io.sealos.kubefile;

/**
 * Thrown when a pattern of an ignore file is malformed, or when the file has more than 10,000 patterns. Immutable and
 * thread-safe.
 */
public final class IgnoreSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IgnoreSyntaxException(String message) {
        super(message);
    }
}
