package io.sealos.oci.internal.http;

import io.sealos.internal.text.Count;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Monitors one exchange: the time since the last byte, and the rate of a transfer. Thread-safe. */
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
     * The limits of an exchange.
     *
     * @param silence the maximum time without a byte
     * @param bytesPerSecond the minimum rate of a transfer, averaged over the window; 0 for no limit
     * @param window the time over which the rate is averaged
     * @param clock the current time in nanoseconds
     */
    public record Limits(Duration silence, long bytesPerSecond, Duration window, LongSupplier clock) {}

    /** Starts a transfer of a body. */
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

    /** Ends the transfer of a body. The time until the response is not part of the transfer. */
    synchronized void end() {
        transferring = false;
        heard = limits.clock().getAsLong();
    }

    /**
     * Checks the limits.
     *
     * @return the nanoseconds until the next check, greater than 0 and at most one window, since a body may begin at
     *     any time
     * @throws IOException if the exchange has been silent for too long or is too slow
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

    /** Returns the remaining time of the window. At its end, the next window begins. */
    private long window(long now) throws IOException {
        long length = limits.window().toNanos();
        long passed = transferring ? now - begun : 0;
        if (passed < length) {
            return length - passed;
        }
        double rate = moved / (passed / SECOND);
        if (rate < limits.bytesPerSecond()) {
            throw new TooSlowException("only " + Count.of((long) rate, "byte") + " a second came or went for "
                    + Math.round(passed / SECOND * 10) / 10.0 + " s, " + limits.bytesPerSecond() + " are wanted");
        }
        begun = now;
        moved = 0;
        return length;
    }

    /** Thrown when a transfer is too slow. */
    public static final class TooSlowException extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlowException(String problem) {
            super(problem);
        }
    }
}
