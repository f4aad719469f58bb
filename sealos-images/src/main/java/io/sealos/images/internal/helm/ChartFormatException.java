package io.sealos.images.internal.helm;

import java.io.IOException;

/** A chart that is broken or hostile before any engine sees it. */
public final class ChartFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChartFormatException(String message) {
        super(message);
    }
}
