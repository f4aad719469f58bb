package io.sealos.oci.internal.work;

import java.io.InterruptedIOException;

/** Creates the exception that an interrupted call throws. */
public final class Interruptions {
    private Interruptions() {}

    /**
     * Throws an exception if this thread is interrupted, and keeps its interrupt status.
     *
     * @param work the work in the past tense, such as "an image was inspected"
     */
    public static void check(String work) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while " + work);
        }
    }

    /**
     * Returns an exception with the message "interrupted while …", and sets the interrupt status of this thread.
     *
     * @param work the work in the past tense, such as "layers were written"
     */
    public static InterruptedIOException during(String work, Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while " + work);
        interrupted.initCause(cause);
        return interrupted;
    }
}
