package io.sealos.images.internal.helm;

import java.io.IOException;

/** Thrown when the engine, or a part of it, is not available for this machine. */
final class EngineMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * Creates an exception.
     *
     * @param message the part that is missing
     * @param fix the fix in the imperative, or an empty string
     */
    EngineMissingException(String message, String fix) {
        super(message);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
