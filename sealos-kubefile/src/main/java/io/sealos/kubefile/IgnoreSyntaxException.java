package io.sealos.kubefile;

import io.sealos.internal.text.Printable;

/** A pattern of an ignore file is malformed, or there are more patterns than are read. */
public final class IgnoreSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IgnoreSyntaxException(String message) {
        super(message);
    }

    IgnoreSyntaxException(String place, String pattern, String fix) {
        super(place + ": malformed pattern '" + Printable.of(pattern) + "'; " + fix);
    }
}
