package io.sealos.images.internal.helm;

import io.sealos.images.ChartLimits;
import io.sealos.images.ChartRenderer;
import io.sealos.images.RenderedChart;
import io.sealos.internal.files.UserDirectories;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Chooses an engine, and finds the values files that sealos passes to charts. */
public final class HelmCharts {
    private HelmCharts() {}

    /** {@return the engine on the class path in a child process, else the {@code helm} on the PATH, else none} */
    public static ChartRenderer childProcess(ChartLimits limits) {
        return inCache(
                limits, cache -> new ChildHelmRenderer(cache, limits, failure -> withoutEngine(failure, limits)));
    }

    /** {@return the engine on the class path in this process, else the {@code helm} on the PATH, else none} */
    public static ChartRenderer inProcess(ChartLimits limits) {
        return inCache(
                limits, cache -> new InProcessHelmRenderer(cache, limits, failure -> withoutEngine(failure, limits)));
    }

    /** {@return a {@code helm} program} */
    public static ChartRenderer program(Path program, ChartLimits limits) {
        return new PathHelmRenderer(program, limits);
    }

    private static ChartRenderer withoutEngine(EngineFailure failure, ChartLimits limits) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        ChartRenderer none = request -> RenderedChart.withoutEngine(failure.message());
        return PathHelmRenderer.find(path, limits)
                .map(ChartRenderer.class::cast)
                .orElse(none);
    }

    private static ChartRenderer inCache(ChartLimits limits, Function<Path, ChartRenderer> engine) {
        try {
            return engine.apply(UserDirectories.cache().resolve("helm"));
        } catch (FileSystemException e) {
            return withoutEngine(new EngineFailure(String.valueOf(e.getMessage()), ""), limits);
        }
    }

    /** {@return the name of the chart in {@code Chart.yaml}; an empty string if it has none} */
    public static String name(Path chart) throws IOException {
        return ChartNames.of(chart);
    }

    /** {@return the version of the chart in {@code Chart.yaml}; an empty string if it has none} */
    public static String version(Path chart) throws IOException {
        return ChartNames.version(chart);
    }

    /**
     * {@return the values files that sealos uses: {@code <name>.values.yaml} beside the chart, with the name in
     * {@code Chart.yaml}}
     */
    public static List<Path> valuesFiles(Path chart) throws IOException {
        String name = ChartNames.of(chart);
        Path values = chart.resolveSibling(name + ".values.yaml");
        boolean plain = !name.isEmpty() && name.indexOf('/') < 0 && Files.isRegularFile(values);
        return plain ? List.of(values) : List.of();
    }
}
