package io.sealos.oci.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Work for an executor of the caller, which may be full or shut down. */
public final class Execution {
    private Execution() {}

    /** Offers work to an executor; false where it takes none, so that the thread that offers it does it itself. */
    public static boolean offer(Executor executor, Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
