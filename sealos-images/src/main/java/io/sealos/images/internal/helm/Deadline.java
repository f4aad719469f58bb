package io.sealos.images.internal.helm;

import java.time.Duration;

/**
 * The time at which several charts must have been rendered. A chart that takes more than half of the time is given up,
 * so that it does not take the time of all.
 */
final class Deadline {
    /** No limit on the time for several charts. */
    static final Deadline NONE = new Deadline(0, Duration.ZERO);

    private final long start;
    private final Duration time;

    private Deadline(long start, Duration time) {
        this.start = start;
        this.time = time;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime(), time);
    }

    boolean hasPassed() {
        return !time.isZero() && left().isNegative();
    }

    private Duration left() {
        return time.minusNanos(System.nanoTime() - start);
    }

    /** {@return the time for one chart: the given limit, half of the time, or the time that is left} */
    Duration within(Duration limit) {
        if (time.isZero()) {
            return limit;
        }
        Duration half = time.dividedBy(2);
        Duration most = half.compareTo(limit) < 0 ? half : limit;
        Duration left = left();
        return left.compareTo(most) < 0 ? left : most;
    }
}
