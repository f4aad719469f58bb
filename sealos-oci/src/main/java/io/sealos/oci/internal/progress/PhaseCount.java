package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildOutcome;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.PhaseEvent;
import io.sealos.oci.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The sum of the events of one phase. Not thread-safe. */
public final class PhaseCount {
    /** An estimate for longer than this many times what was measured says nothing. */
    private static final long FARTHEST = 100;

    private static final double SHORTEST_SECONDS = 1;

    /** The time for which bytes are measured before a time left is estimated from them. */
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private final SlidingRate rate = new SlidingRate();
    private final Sum items = new Sum();
    private final Sum bytes = new Sum();
    private long failedItems;
    private int running;
    private Progress.State end = Progress.State.COMPLETE;
    private long began;
    private long elapsed;

    private static final class Sum {
        private long done;
        private long reused;
        private OptionalLong total = OptionalLong.empty();

        void announce(OptionalLong more) {
            if (more.isPresent()) {
                total = OptionalLong.of(sum(total.orElse(0), more.getAsLong()));
            }
        }

        void add(long amount, long reuse) {
            done += amount;
            reused += reuse;
        }

        void settle() {
            if (total.isPresent()) {
                total = OptionalLong.of(done);
            }
        }

        Progress.Count count() {
            return new Progress.Count(done, reused, total);
        }
    }

    /** {@return the sum of two amounts that are not negative, or the largest number if it is larger} */
    public static long sum(long one, long other) {
        return one + Math.min(other, Long.MAX_VALUE - one);
    }

    /** Adds an event. */
    public void add(PhaseEvent event, long now) {
        if (event instanceof PhaseEvent.Started started) {
            items.announce(started.items());
            bytes.announce(started.bytes());
            begin(now);
        } else if (event instanceof PhaseEvent.Ended ended) {
            end(ended, now);
        } else {
            items.add(event.addedItems(), event.isReuse() ? event.addedItems() : 0);
            bytes.add(event.addedBytes(), event.reusedBytes());
            boolean failed = event instanceof BuildEvent.BlobFailed || event instanceof BuildEvent.ImageFailed;
            failedItems += failed ? 1 : 0;
            rate.add(event.isReuse() ? 0 : event.addedBytes(), now);
        }
    }

    private void begin(long now) {
        if (running == 0) {
            began = now;
            rate.begin();
        }
        running++;
    }

    private void end(PhaseEvent.Ended ended, long now) {
        running = Math.max(0, running - 1);
        if (ended.outcome() == BuildOutcome.FAILED) {
            end = Progress.State.FAILED;
        } else if (ended.outcome() == BuildOutcome.CANCELLED && end == Progress.State.COMPLETE) {
            end = Progress.State.CANCELLED;
        }
        if (running == 0) {
            elapsed += now - began;
        }
    }

    /** Forgets what an earlier call has announced and not done, before another call announces it again. */
    public void settle() {
        if (end != Progress.State.COMPLETE) {
            items.settle();
            bytes.settle();
            failedItems = 0;
            end = Progress.State.COMPLETE;
        }
    }

    /** {@return the sums at a time} */
    public Progress.Phase snapshot(BuildPhase phase, long now) {
        Duration time = Duration.ofNanos(running > 0 ? elapsed + now - began : elapsed);
        OptionalLong perSecond = running > 0 ? rate.perSecond(now) : OptionalLong.empty();
        Progress.State state = running > 0 ? Progress.State.RUNNING : end;
        return new Progress.Phase(
                phase, state, items.count(), bytes.count(), failedItems, time, perSecond, timeLeft(perSecond, now));
    }

    private Optional<Duration> timeLeft(OptionalLong perSecond, long now) {
        if (bytes.total.isEmpty() || perSecond.orElse(0) == 0) {
            return Optional.empty();
        }
        double seconds = (double) (bytes.total.getAsLong() - bytes.done) / perSecond.getAsLong();
        Duration measured = rate.measured(now);
        return measured.compareTo(ENOUGH) < 0
                        || seconds < SHORTEST_SECONDS
                        || seconds > FARTHEST * (measured.toNanos() / 1e9)
                ? Optional.empty()
                : Optional.of(Duration.ofMillis((long) (1000 * seconds)));
    }
}
