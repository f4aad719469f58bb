package io.sealos.oci.internal.http;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How one exchange goes on: how long nothing has come or gone, and how many bytes a second while a body is on its way.
 * Thread-safe.
 */
public final class TransferMonitor {
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final Limits limits;
    private long heard;
    private long begun;
    private long moved;
    private boolean transferring;

    TransferMonitor(Limits limits) {
        this.limits = limits;
        this.heard = limits.clock().getAsLong();
    }

    /**
     * Limits of silence and of slowness.
     *
     * @param silence how long nothing may come or go
     * @param bytesPerSecond the fewest within each window, 0 for any
     * @param window how long is measured
     * @param clock nanoseconds
     */
    public record Limits(Duration silence, long bytesPerSecond, Duration window, LongSupplier clock) {}

    /** A body begins to come or go. */
    synchronized void begin() {
        transferring = true;
        heard = limits.clock().getAsLong();
        begun = heard;
        moved = 0;
    }

    synchronized void moved(long bytes) {
        heard = limits.clock().getAsLong();
        moved += bytes;
    }

    /** The body is gone; what a registry does with it before it answers is no transfer. */
    synchronized void end() {
        transferring = false;
        heard = limits.clock().getAsLong();
    }

    /**
     * How many nanoseconds may pass until the next look, more than 0: a body may begin any time, so no more than a
     * window.
     *
     * @throws IOException if it has been silent for too long, or too slow
     */
    synchronized long check() throws IOException {
        long now = limits.clock().getAsLong();
        long silence = limits.silence().toNanos() - (now - heard);
        if (silence <= 0) {
            throw new HttpTimeoutException(
                    "no byte came or went for " + limits.silence().toMillis() + " ms");
        }
        return limits.bytesPerSecond() > 0 ? Math.min(silence, window(now)) : silence;
    }

    /** The time left of the window; at its end the next one begins. */
    private long window(long now) throws IOException {
        long length = limits.window().toNanos();
        long passed = transferring ? now - begun : 0;
        if (passed < length) {
            return length - passed;
        }
        double rate = moved / (passed / SECOND);
        if (rate < limits.bytesPerSecond()) {
            throw new TooSlowException("only " + (long) rate + " bytes a second came or went for "
                    + Math.round(passed / SECOND * 10) / 10.0 + " s, " + limits.bytesPerSecond() + " are wanted");
        }
        begun = now;
        moved = 0;
        return length;
    }

    /** Bytes come or go, but so few that the transfer would not end in any useful time. */
    public static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(String problem) {
            super(problem);
        }
    }
}
