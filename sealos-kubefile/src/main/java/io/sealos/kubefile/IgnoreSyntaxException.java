package io.sealos.kubefile;

/** Thrown if a pattern of an ignore file is malformed, or the file has more patterns than are read. */
public final class IgnoreSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IgnoreSyntaxException(String message) {
        super(message);
    }
}
