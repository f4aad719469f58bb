package io.sealos.images.internal.helm;

import java.io.IOException;

/** Thrown when a chart is malformed or exceeds a limit, before it is passed to an engine. */
public final class ChartFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChartFormatException(String message) {
        super(message);
    }
}
