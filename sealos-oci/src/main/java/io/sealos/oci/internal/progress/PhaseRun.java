package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildOutcome;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.PhaseEvent;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** A phase that is running. Its end is reported on close. */
public final class PhaseRun implements AutoCloseable {
    private final BuildListener listener;
    private final BuildPhase phase;
    private boolean complete;
    private boolean cancelled;

    private PhaseRun(BuildListener listener, BuildPhase phase) {
        this.listener = listener;
        this.phase = phase;
    }

    /** Reports the start of a phase with known totals. */
    public static PhaseRun start(BuildListener listener, BuildPhase phase, long items, long bytes) {
        return start(listener, phase, OptionalLong.of(items), OptionalLong.of(bytes));
    }

    /** Reports the start of a phase whose items have no sizes. */
    public static PhaseRun start(BuildListener listener, BuildPhase phase, long items) {
        return start(listener, phase, OptionalLong.of(items), OptionalLong.empty());
    }

    /** Reports the start of a phase without totals. */
    public static PhaseRun start(BuildListener listener, BuildPhase phase) {
        return start(listener, phase, OptionalLong.empty(), OptionalLong.empty());
    }

    private static PhaseRun start(BuildListener listener, BuildPhase phase, OptionalLong items, OptionalLong bytes) {
        listener.onEvent(new PhaseEvent.Started(phase, items, bytes));
        return new PhaseRun(listener, phase);
    }

    /** {@return the sum of sizes, or the largest number if they are untrue and have no sum} */
    public static long total(LongStream sizes) {
        return sizes.reduce(0, (sum, size) -> Math.min(sum, Long.MAX_VALUE - size) + size);
    }

    /**
     * Records that everything was done. Without this call, the phase ends as failed, or as cancelled if this thread is
     * interrupted.
     */
    public void complete() {
        complete = true;
    }

    /** Records an interruption that has cleared the interrupt status of this thread, and returns it. */
    public InterruptedException cancel(InterruptedException interruption) {
        cancelled = true;
        return interruption;
    }

    @Override
    public void close() {
        BuildOutcome outcome = cancelled ? BuildOutcome.CANCELLED : Failures.outcome(complete);
        listener.onEvent(new PhaseEvent.Ended(phase, outcome));
    }
}
