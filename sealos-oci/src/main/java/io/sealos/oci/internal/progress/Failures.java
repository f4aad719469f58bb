package io.sealos.oci.internal.progress;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/** The reasons of failures, for events. */
public final class Failures {
    private Failures() {}

    /** {@return the reason that an exception states; {@code interrupted} if the call was interrupted} */
    public static String reason(Exception cause) {
        boolean interrupted = cause instanceof InterruptedException
                || cause instanceof InterruptedIOException
                || cause instanceof ClosedByInterruptException;
        String message = interrupted ? "interrupted" : cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
