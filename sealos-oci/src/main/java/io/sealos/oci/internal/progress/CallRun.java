package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildListener;
import io.sealos.oci.CallEvent;

/** A call that is running. Its end is reported on close. */
public final class CallRun implements AutoCloseable {
    /** The call of {@link io.sealos.oci.ClusterImageBuilder#build}, which has one phase only. */
    public static final String BUILD = "build";

    private final BuildListener listener;
    private final String call;
    private boolean complete;

    private CallRun(BuildListener listener, String call) {
        this.listener = listener;
        this.call = call;
    }

    /** Reports the start of a call. */
    public static CallRun start(BuildListener listener, String call) {
        listener.onEvent(new CallEvent.Started(call));
        return new CallRun(listener, call);
    }

    /** Records the success of the call, and returns its result. */
    public <T> T complete(T result) {
        complete = true;
        return result;
    }

    @Override
    public void close() {
        listener.onEvent(new CallEvent.Ended(call, Failures.outcome(complete)));
    }
}
