package io.sealos.oci.internal.work;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;

/** Recognizes interruptions, and creates the exception that an interrupted call throws. */
public final class Interruptions {
    private static final int DEEPEST = 20;

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
     * {@return whether an exception, or one of its causes, says that its thread was interrupted} A timeout of a socket
     * does not say so, although its type is that of an interruption.
     */
    public static boolean isInterruption(Throwable exception) {
        Throwable cause = exception;
        // Causes may form a circle.
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isInterruptionItself(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isInterruptionItself(Throwable exception) {
        return exception instanceof InterruptedException
                || exception instanceof ClosedByInterruptException
                || exception instanceof FileLockInterruptionException
                || (exception instanceof InterruptedIOException && !(exception instanceof SocketTimeoutException));
    }

    /**
     * Throws an exception again if it says that its thread was interrupted, before it is taken for a failure of the
     * work. If only one of its causes says so, it is thrown as the cause of an InterruptedIOException.
     */
    public static void rethrow(IOException exception) throws IOException {
        if (isInterruptionItself(exception)) {
            throw exception;
        }
        if (isInterruption(exception)) {
            throw during("files were read and written", exception);
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
