package io.sealos.images.internal.helm;

import io.sealos.images.ChartRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The default engine, and the values files that sealos gives to charts. */
public final class HelmCharts {
    private HelmCharts() {}

    public static ChartRenderer renderer() {
        return new ChildHelmRenderer(cache());
    }

    private static Path cache() {
        String home = System.getProperty("user.home", ".");
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(home, ".cache") : Path.of(xdg);
        return caches.resolve("sealos-java").resolve("helm").toAbsolutePath();
    }

    /** As sealos: {@code <name>.values.yaml} beside the chart, by the name that {@code Chart.yaml} gives it. */
    public static List<Path> valuesFiles(Path chart) throws IOException {
        String name = ChartNames.of(chart);
        Path values = chart.resolveSibling(name + ".values.yaml");
        boolean plain = !name.isEmpty() && name.indexOf('/') < 0 && Files.isRegularFile(values);
        return plain ? List.of(values) : List.of();
    }
}
