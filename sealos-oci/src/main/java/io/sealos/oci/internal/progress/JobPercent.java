package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildPhase;
import io.sealos.oci.CallEvent;
import io.sealos.oci.PhaseEvent;
import io.sealos.oci.Progress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The percentage of a job, which never goes back. Each call has an equal share of it, and each phase a fixed range of
 * that share, within which its own percentage counts ({@link Progress.Snapshot}). Not thread-safe.
 */
public final class JobPercent {
    private static final int ALL = 100;
    private static final double ROUNDING = 1e-9;

    private final int calls;
    private final Map<BuildPhase, PhaseCount> phases = new EnumMap<>(BuildPhase.class);
    private Optional<BuildPhase> last = Optional.empty();
    private OptionalInt ofLast = OptionalInt.empty();
    private int complete;
    private int running;
    private boolean known;
    private double reached;

    /**
     * Creates a percentage.
     *
     * @param calls the number of calls of the job, without {@link CallRun#BUILD}
     */
    public JobPercent(int calls) {
        this.calls = calls;
    }

    /** The range of a phase within its call, in percent. Phases that a call cannot have both may share a range. */
    private record Range(int start, int length) {
        static Range of(BuildPhase phase) {
            return switch (phase) {
                case SCAN -> new Range(0, 0);
                case RESOLVE -> new Range(0, 5);
                case FETCH_BASES -> new Range(5, 5);
                case FETCH -> new Range(10, 45);
                case LAYERS -> new Range(55, 30);
                case WRITE, PUSH, LOAD -> new Range(85, 15);
                case VERIFY -> new Range(0, 100);
            };
        }
    }

    /** Adds the start of a call. */
    public void begin(CallEvent.Started call) {
        if (running == 0) {
            phases.clear();
            last = Optional.empty();
            if (complete >= calls) {
                complete = 0;
                reached = 0;
                known = false;
            }
        }
        running += counts(call) ? 1 : 0;
    }

    /** Adds the end of a call. */
    public void end(CallEvent.Ended call) {
        if (counts(call)) {
            running = Math.max(0, running - 1);
            complete += call.isComplete() ? 1 : 0;
            known = known || call.isComplete();
            advance();
        }
    }

    private static boolean counts(CallEvent call) {
        return !call.call().equals(CallRun.BUILD);
    }

    /** Adds an event of a phase. */
    public void add(PhaseEvent event, long now) {
        PhaseCount count = phases.computeIfAbsent(event.phase(), phase -> new PhaseCount());
        count.add(event, now);
        if (last.isEmpty() || last.get().compareTo(event.phase()) <= 0) {
            last = Optional.of(event.phase());
            ofLast = count.snapshot(event.phase(), now).percent();
            known = known || ofLast.isPresent();
            advance();
        }
    }

    private void advance() {
        int all = Math.max(calls, complete + running);
        reached = Math.max(reached, (complete + running * position()) / all);
    }

    /** {@return the part of the running calls that is done, from 0 to 1} */
    private double position() {
        if (last.isEmpty()) {
            return 0;
        }
        Range range = Range.of(last.get());
        return (range.start() + range.length() * ofLast.orElse(0) / (double) ALL) / ALL;
    }

    /**
     * {@return the percentage; empty if no phase with a total has started}
     *
     * @param isRunning whether a call is running; the percentage is then less than 100
     */
    public OptionalInt percent(boolean isRunning) {
        boolean done = complete >= calls && !isRunning;
        return known
                ? OptionalInt.of(done ? ALL : (int) Math.min(ALL - 1, ALL * reached + ROUNDING))
                : OptionalInt.empty();
    }
}
