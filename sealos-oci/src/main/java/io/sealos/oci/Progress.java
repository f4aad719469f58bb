package io.sealos.oci;

import io.sealos.oci.internal.progress.PhaseCount;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The progress of a build: a listener that sums up its events, phase by phase, and can be queried at any time.
 *
 * <pre>{@code
 * Progress progress = Progress.create();
 * ClusterImage image = ClusterImage.builder()
 *         .context(directory)
 *         .listener(progress.andThen(event -> page.show(progress.snapshot())))
 *         .build();
 * }</pre>
 *
 * <p>The counts begin anew with each call ({@link CallEvent.Started}). If a call begins while another one is running,
 * with the same listener, both are counted together. The amount done never exceeds the total, and equals it when a
 * phase is complete. After a failure or an interrupt, the counts stay as they were.
 *
 * <p>Thread-safe. It starts no thread, and its memory does not grow.
 *
 * @since 0.1.0
 */
public final class Progress implements BuildListener {
    private final LongSupplier nanoTime;
    private final Map<BuildPhase, PhaseCount> phases = new EnumMap<>(BuildPhase.class);
    private int calls;
    private boolean failed;

    private Progress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** {@return a new progress without any events} */
    public static Progress create() {
        return new Progress(System::nanoTime);
    }

    /**
     * {@return a progress with a clock of the caller, for tests}
     *
     * @param nanoTime returns a time in nanoseconds that does not run backwards, as {@link System#nanoTime} does
     */
    public static Progress create(LongSupplier nanoTime) {
        return new Progress(Objects.requireNonNull(nanoTime, "nanoTime"));
    }

    @Override
    public synchronized void onEvent(BuildEvent event) {
        if (event instanceof CallEvent.Started) {
            begin();
        } else if (event instanceof CallEvent.Ended ended) {
            calls = Math.max(0, calls - 1);
            failed |= !ended.isComplete();
        } else if (event instanceof PhaseEvent part) {
            phases.computeIfAbsent(part.phase(), phase -> new PhaseCount()).add(part, nanoTime.getAsLong());
        }
    }

    private void begin() {
        if (calls == 0) {
            phases.clear();
            failed = false;
        }
        calls++;
    }

    /** {@return the progress at this moment} */
    public synchronized Snapshot snapshot() {
        long now = nanoTime.getAsLong();
        List<Phase> all = phases.entrySet().stream()
                .map(entry -> entry.getValue().snapshot(entry.getKey(), now))
                .toList();
        return new Snapshot(all, calls > 0, failed);
    }

    /**
     * The progress at one moment.
     *
     * @param phases the phases that have started, in the order of {@link BuildPhase}
     * @param isRunning whether a call is running
     * @param isFailed whether a call has failed
     */
    public record Snapshot(List<Phase> phases, boolean isRunning, boolean isFailed) {
        /**
         * Creates a snapshot with a copy of the list.
         *
         * @param phases the phases that have started, in the order of {@link BuildPhase}
         * @param isRunning whether a call is running
         * @param isFailed whether a call has failed
         */
        public Snapshot {
            phases = List.copyOf(phases);
        }

        /**
         * {@return the progress of a phase; empty if it has not started}
         *
         * @param phase the phase
         */
        public Optional<Phase> phase(BuildPhase phase) {
            return phases.stream().filter(one -> one.phase() == phase).findFirst();
        }

        /** {@return the phase that is running; if there are several, because calls overlap, the last of them} */
        public Optional<Phase> current() {
            return phases.stream()
                    .filter(phase -> phase.state() == State.RUNNING)
                    .max(Comparator.comparing(Phase::phase));
        }
    }

    /** The states of a phase. */
    public enum State {
        /** The phase has started and not ended. */
        RUNNING,
        /** Everything was done. */
        COMPLETE,
        /** The phase ended early, because of a failure or an interrupt. */
        FAILED
    }

    /**
     * The progress of a phase.
     *
     * @param phase the phase
     * @param state whether it is running, or how it ended
     * @param items the items, such as blobs or layers
     * @param bytes the bytes of these items
     * @param failedItems the number of items that failed
     * @param elapsed the time that the phase has been running
     * @param bytesPerSecond the rate of the last ten seconds, in which reused items do not count; empty if the phase is
     *     not running, or has been for less than half a second
     * @param timeLeft the time in which the remaining bytes are done at this rate; empty if the total or the rate is
     *     not known, or if nothing was done in the last ten seconds
     */
    public record Phase(
            BuildPhase phase,
            State state,
            Count items,
            Count bytes,
            long failedItems,
            Duration elapsed,
            OptionalLong bytesPerSecond,
            Optional<Duration> timeLeft) {
        /**
         * {@return how much is done, from 0 to 100, by bytes or, if these have no total, by items; empty if the phase
         * has no total} It is 100 only if everything is done.
         */
        public OptionalInt percent() {
            boolean byBytes = bytes.total().orElse(0) > 0;
            Count count = byBytes ? bytes : items;
            if (count.total().isEmpty()) {
                return OptionalInt.empty();
            }
            long total = count.total().getAsLong();
            return OptionalInt.of(count.done() >= total ? 100 : Math.min(99, (int) (100.0 * count.done() / total)));
        }
    }

    /**
     * A count of items or bytes.
     *
     * @param done the amount that is done, including what was reused
     * @param reused the amount that was there already: in the content store, in the output, or at the registry
     * @param total the total amount; empty if it is not known
     */
    public record Count(long done, long reused, OptionalLong total) {}
}
