package io.sealos.oci;

import io.sealos.oci.internal.progress.JobPercent;
import io.sealos.oci.internal.progress.PhaseCount;
import io.sealos.oci.internal.progress.PhaseText;
import io.sealos.oci.internal.progress.ProgressJson;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The progress of a job: a listener that sums up the events of all its calls, phase by phase, and can be queried at any
 * time.
 *
 * <pre>{@code
 * Progress progress = Progress.ofCalls(2);
 * ClusterImage image = ClusterImage.builder().context(directory).listener(progress).build();
 * image.writeTo(OciLayout.archive(file));
 * image.writeTo(RegistryImage.of("registry.example/team/shop:1.0"));
 * // Meanwhile, another thread shows it a few times a second.
 * page.send(progress.snapshot().toJson());
 * }</pre>
 *
 * <p>A progress lives as long as one job: create one for each job, and pass it to all builders of the job. It counts
 * everything from its creation on. A phase that occurs in several calls, such as {@link BuildPhase#LAYERS} for two
 * targets, is one phase with the totals of all of them. If a call fails or is cancelled, the counts stay as they were;
 * when the job then begins another call, the items that are still missing leave the totals, because that call announces
 * them again. Calls that run at the same time are counted together. The percentage of a job follows a rule of its own,
 * by which it never goes back: {@link Snapshot}.
 *
 * <p>The amount done never exceeds the total, and equals it when a phase is complete.
 *
 * <p>Thread-safe. It starts no thread, and its memory does not grow. A snapshot takes microseconds.
 *
 * @since 0.1.0
 */
public final class Progress implements BuildListener {
    private final LongSupplier nanoTime;
    private final Map<BuildPhase, PhaseCount> phases = new EnumMap<>(BuildPhase.class);
    private final JobPercent percent;
    private Optional<BuildPhase> latest = Optional.empty();
    private State state = State.NEW;
    private int calls;

    private Progress(int calls, LongSupplier nanoTime) {
        this.percent = new JobPercent(calls);
        this.nanoTime = nanoTime;
    }

    /** {@return a new progress without any events, for a job with one call, besides those that build images} */
    public static Progress create() {
        return new Progress(1, System::nanoTime);
    }

    /**
     * {@return a new progress without any events, for a job with several calls} The number has an effect on the
     * percentage of the job only.
     *
     * @param calls the number of calls of {@link ClusterImage#writeTo}, {@link ClusterImage#saveRegistry} and
     *     {@link ClusterImage#resolve}, 1 or more; {@link ClusterImageBuilder#build} does not count
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static Progress ofCalls(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("a job has at least 1 call, not " + calls);
        }
        return new Progress(calls, System::nanoTime);
    }

    /**
     * {@return a progress for a job with one call and a clock of the caller, for tests}
     *
     * @param nanoTime returns a time in nanoseconds that does not run backwards, as {@link System#nanoTime} does
     */
    public static Progress create(LongSupplier nanoTime) {
        return new Progress(1, Objects.requireNonNull(nanoTime, "nanoTime"));
    }

    @Override
    public synchronized void onEvent(BuildEvent event) {
        if (event instanceof CallEvent.Started started) {
            begin();
            percent.begin(started);
        } else if (event instanceof CallEvent.Ended ended) {
            percent.end(ended);
            calls = Math.max(0, calls - 1);
            State end = State.of(ended.outcome());
            state = end.compareTo(state) > 0 ? end : state;
        } else if (event instanceof PhaseEvent part) {
            if (part instanceof PhaseEvent.Started) {
                latest = Optional.of(part.phase());
            }
            long now = nanoTime.getAsLong();
            phases.computeIfAbsent(part.phase(), phase -> new PhaseCount()).add(part, now);
            percent.add(part, now);
        }
    }

    private void begin() {
        if (calls == 0) {
            phases.values().forEach(PhaseCount::settle);
            state = State.RUNNING;
        }
        calls++;
    }

    /** {@return the progress at this moment} */
    public synchronized Snapshot snapshot() {
        long now = nanoTime.getAsLong();
        List<Phase> all = phases.entrySet().stream()
                .map(entry -> entry.getValue().snapshot(entry.getKey(), now))
                .toList();
        Comparator<Phase> runningAndLatest = Comparator.<Phase, Boolean>comparing(
                        phase -> phase.state() == State.RUNNING)
                .thenComparing(phase -> latest.filter(phase.phase()::equals).isPresent())
                .thenComparing(Phase::phase);
        boolean running = calls > 0;
        return new Snapshot(
                running ? State.RUNNING : state,
                percent.percent(running),
                all.stream().max(runningAndLatest),
                all);
    }

    /** The states of a job and of a phase. Of several ends, the last in this order is the worst. */
    public enum State {
        /** Nothing has started. A phase is never in this state. */
        NEW,
        /** It has started and not ended. */
        RUNNING,
        /** Everything was done. */
        COMPLETE,
        /** It ended early, because its thread was interrupted. */
        CANCELLED,
        /** It ended early, because of a failure. */
        FAILED;

        private static State of(BuildOutcome outcome) {
            return switch (outcome) {
                case COMPLETE -> COMPLETE;
                case CANCELLED -> CANCELLED;
                case FAILED -> FAILED;
            };
        }
    }

    /**
     * The progress of a job at one moment.
     *
     * @param state {@link State#RUNNING} while a call is running, and then how it ended; if several calls ran at the
     *     same time, the worst end of them. Between two calls of a job, this is the end of the first; only the program
     *     knows whether another one follows
     * @param percent how much of the job is done, from 0 to 100; empty before the first phase that has a total. It
     *     never goes back. Each call has an equal share of it ({@link #ofCalls}), and each phase a fixed range of that
     *     share, within which its own percentage counts: {@link BuildPhase#RESOLVE} from 0 to 5,
     *     {@link BuildPhase#FETCH_BASES} from 5 to 10, {@link BuildPhase#FETCH} from 10 to 55,
     *     {@link BuildPhase#LAYERS} from 55 to 85, and {@link BuildPhase#WRITE}, {@link BuildPhase#PUSH} or
     *     {@link BuildPhase#LOAD} from 85 to 100. {@link BuildPhase#VERIFY} is all of its call. A phase that a call
     *     skips is passed at once. It is 100 only if all calls are complete; a further call then begins anew. A call
     *     that is repeated after a failure continues where the percentage stopped
     * @param current the phase that is running, or the last one between two phases and after the end; empty before the
     *     first. If several are running, because calls overlap, it is the one that started last
     * @param phases the phases that have started, in the order of {@link BuildPhase}; those that are not running are
     *     over
     */
    public record Snapshot(State state, OptionalInt percent, Optional<Phase> current, List<Phase> phases) {
        /**
         * Creates a snapshot with a copy of the list.
         *
         * @param state the state of the job
         * @param percent how much of the job is done, from 0 to 100
         * @param current the phase that is running, or the last one
         * @param phases the phases that have started, in the order of {@link BuildPhase}
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

        /** {@return the sum of the items of all phases that have started; the total is that of phases with a total} */
        public Count items() {
            return sum(Phase::items);
        }

        /** {@return the sum of the bytes of all phases that have started; the total is that of phases with a total} */
        public Count bytes() {
            return sum(Phase::bytes);
        }

        private Count sum(Function<Phase, Count> part) {
            return phases.stream().map(part).reduce(new Count(0, 0, OptionalLong.empty()), Count::plus);
        }

        /**
         * {@return the snapshot as JSON in one line, for example for server-sent events} The object has the properties
         * {@code state}, {@code current} (the name of a phase), {@code percent}, {@code items} and {@code bytes} of the
         * job, and {@code phases}, a list of objects with {@code phase}, {@code state}, {@code percent}, {@code items},
         * {@code bytes}, {@code failedItems}, {@code elapsedMillis}, {@code bytesPerSecond}, {@code timeLeftMillis} and
         * {@code text} ({@link Phase#toText}). The properties {@code items} and {@code bytes} are objects with
         * {@code done}, {@code reused} and {@code total}. States and phases have the names of their constants in lower
         * case, such as {@code fetch_bases}. Properties whose value is not known are left out. Later versions may add
         * properties.
         */
        public String toJson() {
            return ProgressJson.of(this);
        }
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
     * @param bytesPerSecond the rate of the last ten seconds, in which reused items do not count, but bytes that are
     *     awaited from another build do; empty if the phase is not running, or fewer than two seconds have passed since
     *     its first bytes
     * @param timeLeft the time in which the remaining bytes are done at this rate; empty if the total is not known, if
     *     fewer than five seconds have passed since the first bytes, if nothing was done in the last ten seconds, if it
     *     is more than a hundred times the time since the first bytes, and if it is less than a second, because what
     *     remains then are items whose time does not depend on their bytes
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
         * has no total} It is 100 only if all bytes and items are done.
         */
        public OptionalInt percent() {
            return Count.percent(bytes, items);
        }

        /**
         * {@return a line for people, such as {@code Fetching images: 62%, 120/193 MB, 12/20 blobs, 8.10 MB/s, 9.0 s
         * left} or {@code Fetched images: 20 blobs, 193 MB, 24 s; reused 3 blobs, 45.0 MB}} Sizes are in decimal units
         * (1 kB = 1000 bytes). The text may change in later versions.
         */
        public String toText() {
            PhaseText text = new PhaseText(this);
            return state == State.RUNNING ? text.line() : text.end();
        }
    }

    /**
     * A count of items or bytes.
     *
     * @param done the amount that is done, including what was reused
     * @param reused the amount that was there already: in the content store, in the output, or at the registry
     * @param total the total amount; empty if it is not known
     */
    public record Count(long done, long reused, OptionalLong total) {
        private Count plus(Count other) {
            long sum = PhaseCount.sum(total.orElse(0), other.total.orElse(0));
            boolean known = total.isPresent() || other.total.isPresent();
            return new Count(
                    PhaseCount.sum(done, other.done),
                    PhaseCount.sum(reused, other.reused),
                    known ? OptionalLong.of(sum) : OptionalLong.empty());
        }

        private boolean isOpen() {
            return total.isPresent() && done < total.getAsLong();
        }

        private static OptionalInt percent(Count bytes, Count items) {
            Count count = bytes.total.orElse(0) > 0 ? bytes : items;
            if (count.total.isEmpty()) {
                return OptionalInt.empty();
            }
            boolean open = bytes.isOpen() || items.isOpen();
            long total = Math.max(1, count.total.getAsLong());
            return OptionalInt.of(open ? (int) Math.min(99, 100.0 * count.done / total) : 100);
        }
    }
}
