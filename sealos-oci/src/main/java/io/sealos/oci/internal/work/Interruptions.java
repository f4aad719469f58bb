package io.sealos.oci.internal.work;

import java.io.InterruptedIOException;

/** Creates the exception that an interrupted call throws. */
public final class Interruptions {
    private Interruptions() {}

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
