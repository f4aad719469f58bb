package io.sealos.oci.internal.progress;

import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.PhaseEvent;
import io.sealos.oci.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The sum of the events of one phase. Not thread-safe. */
public final class PhaseCount {
    private final SlidingRate rate = new SlidingRate();
    private final Sum items = new Sum();
    private final Sum bytes = new Sum();
    private long failedItems;
    private int running;
    private boolean stopped;
    private long began;
    private long elapsed;

    private static final class Sum {
        private long done;
        private long reused;
        private OptionalLong total = OptionalLong.empty();

        void announce(OptionalLong more) {
            if (more.isPresent()) {
                long known = total.orElse(0);
                total = OptionalLong.of(known + Math.min(more.getAsLong(), Long.MAX_VALUE - known));
            }
        }

        void add(long amount, boolean isReuse) {
            done += amount;
            reused += isReuse ? amount : 0;
        }

        Progress.Count count() {
            return new Progress.Count(done, reused, total);
        }
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
            items.add(event.addedItems(), event.isReuse());
            bytes.add(event.addedBytes(), event.isReuse());
            boolean failed = event instanceof BuildEvent.BlobFailed || event instanceof BuildEvent.ImageFailed;
            failedItems += failed ? 1 : 0;
            rate.add(event.isReuse() ? 0 : event.addedBytes(), now);
        }
    }

    private void begin(long now) {
        if (running == 0) {
            began = now;
            rate.begin(now);
        }
        running++;
    }

    private void end(PhaseEvent.Ended ended, long now) {
        running = Math.max(0, running - 1);
        stopped |= !ended.isComplete();
        if (running == 0) {
            elapsed += now - began;
        }
    }

    /** {@return the sums at a time} */
    public Progress.Phase snapshot(BuildPhase phase, long now) {
        Duration time = Duration.ofNanos(running > 0 ? elapsed + now - began : elapsed);
        OptionalLong perSecond = running > 0 ? rate.perSecond(now) : OptionalLong.empty();
        return new Progress.Phase(
                phase, state(), items.count(), bytes.count(), failedItems, time, perSecond, timeLeft(perSecond));
    }

    private Progress.State state() {
        if (running > 0) {
            return Progress.State.RUNNING;
        }
        return stopped ? Progress.State.FAILED : Progress.State.COMPLETE;
    }

    private Optional<Duration> timeLeft(OptionalLong perSecond) {
        if (bytes.total.isEmpty() || perSecond.orElse(0) == 0) {
            return Optional.empty();
        }
        long left = bytes.total.getAsLong() - bytes.done;
        return Optional.of(Duration.ofMillis((long) (1000.0 * left / perSecond.getAsLong())));
    }
}
