package io.sealos.images;

import java.time.Duration;
import java.util.Objects;

/**
 * Limits on the time, the memory and the output of rendering a chart. A chart that exceeds a limit is not rendered.
 * Immutable and thread-safe.
 *
 * <p>The limits on time and memory apply to the child process of {@link ChartRenderers#childProcess(ChartLimits)}. They
 * cannot be enforced when the engine runs in the process of the caller.
 *
 * @since 0.1.0
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

    /**
     * {@return the default limits for each chart: 60 seconds, 2 GiB of memory, 64 MiB of output, and 100 MiB unpacked}
     */
    public static ChartLimits defaults() {
        return new ChartLimits(Duration.ofSeconds(60), 2048 * MEGABYTE, 64 * MEGABYTE, 100 * MEGABYTE);
    }

    /**
     * {@return a copy of these limits with a different time limit for each chart}
     *
     * @param limit the time limit, at least one millisecond
     * @throws IllegalArgumentException if the limit is shorter than one millisecond
     */
    public ChartLimits withTime(Duration limit) {
        return new ChartLimits(limit, memory, output, chartSize);
    }

    /**
     * {@return a copy of these limits with a different limit on the memory of the child process} The memory is
     * monitored on Linux only.
     *
     * @param bytes the resident memory in bytes; the smallest chart needs about 150 MB
     * @throws IllegalArgumentException if the limit is not positive
     */
    public ChartLimits withMemory(long bytes) {
        return new ChartLimits(time, bytes, output, chartSize);
    }

    /**
     * {@return a copy of these limits with a different limit on the output of one chart}
     *
     * @param bytes the size in bytes
     * @throws IllegalArgumentException if the limit is not positive
     */
    public ChartLimits withOutput(long bytes) {
        return new ChartLimits(time, memory, bytes, chartSize);
    }

    /**
     * {@return a copy of these limits with a different limit on the size of one chart, unpacked, with all its
     * dependencies}
     *
     * @param bytes the size in bytes
     * @throws IllegalArgumentException if the limit is not positive
     */
    public ChartLimits withChartSize(long bytes) {
        return new ChartLimits(time, memory, output, bytes);
    }

    /** {@return the time limit for each chart} */
    public Duration time() {
        return time;
    }

    /** {@return the limit on the resident memory of the child process in bytes} */
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

    @Override
    public boolean equals(Object other) {
        return other instanceof ChartLimits that
                && time.equals(that.time)
                && memory == that.memory
                && output == that.output
                && chartSize == that.chartSize;
    }

    @Override
    public int hashCode() {
        return Objects.hash(time, memory, output, chartSize);
    }

    /** {@return the limits} */
    @Override
    public String toString() {
        return time.toMillis() / 1000.0 + " seconds, " + memory + " bytes of memory, " + output + " bytes of output, "
                + chartSize + " bytes unpacked";
    }
}
