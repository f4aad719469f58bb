package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildOutcome;
import io.sealos.oci.internal.work.Interruptions;

/** The reasons why calls, phases and items are not complete, for events and messages. */
public final class Failures {
    private Failures() {}

    /**
     * {@return the reason that an exception states, which is never empty; {@code interrupted} if the call was
     * interrupted}
     */
    public static String reason(Exception cause) {
        String message = Interruptions.isInterruption(cause) ? "interrupted" : cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    /**
     * {@return the outcome of something that ends on this thread now} The interrupt status of the thread is kept by
     * everything that throws an {@link java.io.InterruptedIOException}.
     */
    static BuildOutcome outcome(boolean isComplete) {
        if (isComplete) {
            return BuildOutcome.COMPLETE;
        }
        return Thread.currentThread().isInterrupted() ? BuildOutcome.CANCELLED : BuildOutcome.FAILED;
    }
}
