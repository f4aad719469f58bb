package io.sealos.images;

import io.sealos.images.internal.helm.HelmCharts;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Provides the chart renderers of this library. They render with Helm itself and contact no cluster. All of them are
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ChartRenderers {
    private ChartRenderers() {}

    /**
     * {@return a renderer that runs Helm in a child process, with {@linkplain ChartLimits#defaults() default limits}}
     */
    public static ChartRenderer childProcess() {
        return childProcess(ChartLimits.defaults());
    }

    /**
     * {@return a renderer that runs Helm in a child process, one for all charts of a scan} The child process is a JVM
     * of the running Java installation, with the engine on its class path, a clean environment and no access to a
     * cluster. It ends with the scan, or with this process if this process is killed. If the engine is missing or does
     * not start, the program {@code helm} on the {@code PATH} is used. If there is no such program, every chart has a
     * {@link RenderedChart#failure()}.
     *
     * @param limits the limits for each chart
     */
    public static ChartRenderer childProcess(ChartLimits limits) {
        Objects.requireNonNull(limits, "limits");
        return HelmCharts.childProcess(limits);
    }

    /**
     * {@return a renderer that runs Helm within this process, for trusted charts only} It saves about 0.2 seconds, the
     * time to start a child process. A chart can use unlimited time and memory, cannot be interrupted, and can end the
     * process. The engine sees the environment variables of the process, and leaves its signal handlers unchanged. The
     * native library stays loaded until the process ends. If the process is killed, the temporary directory of the
     * library stays until the next scan of the same user deletes it.
     */
    public static ChartRenderer inProcess() {
        return HelmCharts.inProcess(ChartLimits.defaults());
    }

    /**
     * {@return a renderer that runs a {@code helm} program, version 3 or later, in a clean environment}
     *
     * @param program the executable file
     * @param limits the limits for each chart, except that memory is not limited
     */
    public static ChartRenderer program(Path program, ChartLimits limits) {
        Objects.requireNonNull(limits, "limits");
        return HelmCharts.program(program, limits);
    }
}
