package io.sealos.oci;

import java.io.InterruptedIOException;

/** What an interrupted thread throws at the caller, whatever the work was; the thread stays interrupted. */
final class Interruptions {
    private Interruptions() {}

    static InterruptedIOException during(String work, Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while " + work);
        interrupted.initCause(cause);
        return interrupted;
    }
}
