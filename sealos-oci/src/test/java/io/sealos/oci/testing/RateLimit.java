package io.sealos.oci.testing;

import java.util.concurrent.TimeUnit;

/** Limits the rate of all bytes that pass it, in total. Thread-safe. */
final class RateLimit {
    private static final long PARTS_PER_SECOND = 20;
    private static final int LARGEST_PART = 1 << 16;

    private final long bytesPerSecond;
    private long free = System.nanoTime();

    /** Creates a limit; 0 for none. */
    RateLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns the largest number of bytes that should pass at once. */
    int part() {
        return bytesPerSecond == 0
                ? LARGEST_PART
                : (int) Math.max(1, Math.min(LARGEST_PART, bytesPerSecond / PARTS_PER_SECOND));
    }

    /** Waits until the bytes may pass. */
    void pass(int bytes) throws InterruptedException {
        if (bytesPerSecond > 0) {
            TimeUnit.NANOSECONDS.sleep(reserve(bytes));
        }
    }

    private synchronized long reserve(int bytes) {
        long now = System.nanoTime();
        free = (free - now > 0 ? free : now) + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        return free - now;
    }
}
