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

/** The choice of an engine, and the values files that sealos gives to charts. */
public final class HelmCharts {
    private HelmCharts() {}

    /** The engine on the class path in a child process, else the {@code helm} on the PATH, else none. */
    public static ChartRenderer childProcess(ChartLimits limits) {
        return inCache(
                limits, cache -> new ChildHelmRenderer(cache, limits, failure -> withoutEngine(failure, limits)));
    }

    /** The engine on the class path in this process, else the {@code helm} on the PATH, else none. */
    public static ChartRenderer inProcess(ChartLimits limits) {
        return inCache(
                limits, cache -> new InProcessHelmRenderer(cache, limits, failure -> withoutEngine(failure, limits)));
    }

    /** A {@code helm} program. */
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

    /** The name that {@code Chart.yaml} gives the chart; empty if it has none. */
    public static String name(Path chart) throws IOException {
        return ChartNames.of(chart);
    }

    /** As sealos: {@code <name>.values.yaml} beside the chart, by the name that {@code Chart.yaml} gives it. */
    public static List<Path> valuesFiles(Path chart) throws IOException {
        String name = ChartNames.of(chart);
        Path values = chart.resolveSibling(name + ".values.yaml");
        boolean plain = !name.isEmpty() && name.indexOf('/') < 0 && Files.isRegularFile(values);
        return plain ? List.of(values) : List.of();
    }
}
