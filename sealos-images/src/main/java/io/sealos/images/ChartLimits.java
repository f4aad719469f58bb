package io.sealos.images;

import java.time.Duration;

/**
 * Limits on the time, memory and output of rendering a chart; a chart that exceeds one fails. Immutable and
 * thread-safe.
 *
 * <p>The time and the memory bound the child process of {@link ChartRenderers#childProcess(ChartLimits)}; within the
 * caller's own process the engine can be bound in neither.
 */
public final class ChartLimits {
    private static final long MEGABYTE = 1024L * 1024;

    private final Duration time;
    private final long memory;
    private final long output;
    private final long chartSize;

    private ChartLimits(Duration time, long memory, long output, long chartSize) {
        this.time = time;
        this.memory = positive(memory, "memory");
        this.output = positive(output, "output");
        this.chartSize = positive(chartSize, "chart size");
        positive(time.toMillis(), "time");
    }

    private static long positive(long value, String what) {
        if (value <= 0) {
            throw new IllegalArgumentException("the limit of " + what + " is " + value + "; it must be above 0");
        }
        return value;
    }

    /** {@return 60 seconds and 2 GB of memory for each chart, 64 MB of output, 100 MB unpacked} */
    public static ChartLimits defaults() {
        return new ChartLimits(Duration.ofSeconds(60), 2048 * MEGABYTE, 64 * MEGABYTE, 100 * MEGABYTE);
    }

    /**
     * {@return these limits with another time for each chart}
     *
     * @param limit at least a millisecond
     * @throws IllegalArgumentException if it is shorter
     */
    public ChartLimits withTime(Duration limit) {
        return new ChartLimits(limit, memory, output, chartSize);
    }

    /**
     * {@return these limits with another memory of the child process} It is watched on Linux only.
     *
     * @param bytes resident memory; about 150 MB are needed for the smallest chart
     * @throws IllegalArgumentException if not above 0
     */
    public ChartLimits withMemory(long bytes) {
        return new ChartLimits(time, bytes, output, chartSize);
    }

    /**
     * {@return these limits with another size of the output of one chart}
     *
     * @param bytes the size in bytes
     * @throws IllegalArgumentException if not above 0
     */
    public ChartLimits withOutput(long bytes) {
        return new ChartLimits(time, memory, bytes, chartSize);
    }

    /**
     * {@return these limits with another size of one chart, unpacked, with all its dependencies}
     *
     * @param bytes the size in bytes
     * @throws IllegalArgumentException if not above 0
     */
    public ChartLimits withChartSize(long bytes) {
        return new ChartLimits(time, memory, output, bytes);
    }

    /** {@return the time for each chart} */
    public Duration time() {
        return time;
    }

    /** {@return the resident memory of the child process in bytes} */
    public long memory() {
        return memory;
    }

    /** {@return the largest output of one chart in bytes} */
    public long output() {
        return output;
    }

    /** {@return the largest size of one chart in bytes, unpacked, with all its dependencies} */
    public long chartSize() {
        return chartSize;
    }
}
