package io.sealos.images.internal.helm;

import java.io.IOException;

/** A chart that is broken or hostile before any engine sees it. */
final class ChartFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    ChartFormatException(String message) {
        super(message);
    }
}
