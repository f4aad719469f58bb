package io.sealos.images;

import io.sealos.images.internal.helm.HelmCharts;
import java.nio.file.Path;

/**
 * The chart renderers of this library. Each renders with Helm itself and contacts no cluster; all of them are
 * thread-safe.
 */
public final class ChartRenderers {
    private ChartRenderers() {}

    /** {@return {@link #childProcess(ChartLimits)} with {@link ChartLimits#defaults()}} */
    public static ChartRenderer childProcess() {
        return childProcess(ChartLimits.defaults());
    }

    /**
     * {@return Helm in a child process, one for all charts of a scan} The child is the running Java with the engine on
     * its class path, a clean environment and no cluster; it ends with the scan, or with this process if that is
     * killed. Where the engine is missing or does not start, the {@code helm} on the {@code PATH} is used; without that
     * each chart is a {@link RenderedChart#failure()}.
     *
     * @param limits the limits of each chart
     */
    public static ChartRenderer childProcess(ChartLimits limits) {
        return HelmCharts.childProcess(limits);
    }

    /**
     * {@return Helm within this process: a fifth of a second faster, for charts that are trusted} A chart can take any
     * time and memory, it cannot be interrupted, and it can end the process; environment variables are as they are. The
     * handlers of signals stay the process's own. The native library stays loaded until the process ends. Where that is
     * killed, its temporary directory stays until the same user's next scan removes it.
     */
    public static ChartRenderer inProcess() {
        return HelmCharts.inProcess(ChartLimits.defaults());
    }

    /**
     * {@return a {@code helm} program, version 3 or later, in a clean environment}
     *
     * @param program the program's file
     * @param limits the limits of each chart; the memory is not limited
     */
    public static ChartRenderer program(Path program, ChartLimits limits) {
        return HelmCharts.program(program, limits);
    }
}
