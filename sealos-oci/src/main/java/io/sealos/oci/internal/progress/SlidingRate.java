package io.sealos.oci.internal.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The rate of the last ten seconds, in steps of a quarter of a second. It is measured from the first amount on, which
 * took an unknown time and does not count. Not thread-safe.
 */
final class SlidingRate {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final long STEP = Duration.ofMillis(250).toNanos();
    private static final long SHORTEST = Duration.ofSeconds(2).toNanos();
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean measuring;
    private long began;
    private long moved;

    /** The number of bytes of a quarter of a second. */
    private static final class Step {
        private final long time;
        private long amount;

        Step(long time) {
            this.time = time;
        }
    }

    /** Begins to measure, without what was before. */
    void begin() {
        steps.clear();
        moved = 0;
        measuring = false;
    }

    void add(long amount, long now) {
        if (!measuring) {
            measuring = amount > 0;
            began = now;
            return;
        }
        forget(now);
        Step last = steps.peekLast();
        if (last == null || now - last.time >= STEP) {
            last = new Step(now);
            steps.add(last);
        }
        last.amount += amount;
        moved += amount;
    }

    private void forget(long now) {
        Step first = steps.peek();
        while (first != null && now - first.time >= WINDOW) {
            moved -= steps.remove().amount;
            first = steps.peek();
        }
    }

    /** {@return the time since the first amount} */
    Duration measured(long now) {
        return Duration.ofNanos(measuring ? now - began : 0);
    }

    /** {@return the amount per second; empty if it has been measured for less than two seconds} */
    OptionalLong perSecond(long now) {
        forget(now);
        long window = Math.min(measured(now).toNanos(), WINDOW);
        return window < SHORTEST
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, Math.round(moved * SECOND / window)));
    }
}
