package io.sealos.kubefile;

/** A pattern of an ignore file is malformed. */
public final class IgnoreSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IgnoreSyntaxException(String place, String pattern) {
        super(place + ": malformed pattern " + pattern + "; close each [, and escape a literal one as \\[");
    }
}
