package io.sealos.images.internal.gitops;

import io.sealos.images.StandardDirectory;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.helm.HelmCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The charts of the standard directory, which are read when an object names a chart for the first time. */
final class LocalCharts {
    /** A chart with its name and version. */
    record LocalChart(Path path, String file, String name, String version) {}

    private final ContextFiles files;
    private @Nullable List<LocalChart> all;

    LocalCharts(ContextFiles files) {
        this.files = files;
    }

    /** {@return the charts with a name} */
    List<LocalChart> named(String name) throws IOException {
        if (all == null) {
            all = read();
        }
        return all.stream().filter(it -> it.name().equals(name)).toList();
    }

    private List<LocalChart> read() throws IOException {
        List<LocalChart> charts = new ArrayList<>();
        for (Path entry : files.entries(StandardDirectory.CHARTS)) {
            String name = String.valueOf(entry.getFileName());
            if (Files.isDirectory(entry) || name.endsWith(".tgz") || name.endsWith(".tar.gz")) {
                charts.add(new LocalChart(entry, files.name(entry), HelmCharts.name(entry), HelmCharts.version(entry)));
            }
        }
        return charts;
    }
}
