package io.sealos.oci.internal.progress;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the bytes of one item, and reports the changes at most five times a second. The reported changes and the rest
 * that {@link #finish} returns add up to the size of the item. Thread-safe; nothing is reported after the end.
 */
public final class ByteMeter {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final long size;
    private final Report report;
    private final LongSupplier nanoTime;
    private long told;
    private long time;
    private boolean ended;

    /** Receives the number of bytes so far, and its change since the last report. */
    @FunctionalInterface
    public interface Report {
        void moved(long done, long added);
    }

    /**
     * Creates a meter.
     *
     * @param size the size of the item in bytes
     */
    public ByteMeter(long size, Report report) {
        this(size, report, System::nanoTime);
    }

    ByteMeter(long size, Report report, LongSupplier nanoTime) {
        this.size = size;
        this.report = report;
        this.nanoTime = nanoTime;
        this.time = nanoTime.getAsLong();
    }

    /** Reports the number of bytes so far, unless the last report was a short time ago. */
    public synchronized void at(long done) {
        long now = nanoTime.getAsLong();
        if (!ended && now - time > PAUSE) {
            time = now;
            tell(Math.min(done, size));
        }
    }

    /** Reports that the bytes so far are discarded. */
    public synchronized void restart() {
        if (!ended && told > 0) {
            tell(0);
        }
    }

    private void tell(long done) {
        long added = done - told;
        told = done;
        report.moved(done, added);
    }

    /** Reports that the bytes so far are discarded, and ends the item. */
    public synchronized void discard() {
        restart();
        ended = true;
    }

    /** Ends the item, and returns the number of its bytes that have not been reported. */
    public synchronized long finish() {
        ended = true;
        return size - told;
    }

    /** Ends an item that has failed, and returns the negated number of bytes that were reported. */
    public synchronized long fail() {
        ended = true;
        return -told;
    }
}
