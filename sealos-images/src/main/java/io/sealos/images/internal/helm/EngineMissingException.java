package io.sealos.images.internal.helm;

import java.io.IOException;

/** The engine, or a part of it, is not there for this machine. */
final class EngineMissingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String fix;

    /**
     * Names both.
     *
     * @param message what is missing
     * @param fix what to do, as an order, or nothing
     */
    EngineMissingException(String message, String fix) {
        super(message);
        this.fix = fix;
    }

    String fix() {
        return fix;
    }
}
