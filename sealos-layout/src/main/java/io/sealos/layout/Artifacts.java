package io.sealos.layout;

import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.internal.report.Artifact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file at which a finding about a directory is shown: of a chart, {@code Chart.yaml}; of any other directory,
 * the build file, or the path at which it is missing.
 */
final class Artifacts {
    private final ClusterImageLayout layout;

    private Artifacts(ClusterImageLayout layout) {
        this.layout = layout;
    }

    static Artifact of(ClusterImageLayout layout, String path, @Nullable SourceRange range) {
        return range != null ? new Artifact(path, range) : new Artifacts(layout).ofWhole(path);
    }

    private Artifact ofWhole(String path) {
        Optional<ContextFile> directory = layout.file(path)
                .filter(it ->
                        it.kind() == ContextFile.Kind.DIRECTORY && !it.path().equals("."));
        if (directory.isEmpty()) {
            return new Artifact(path.isEmpty() || path.equals(".") ? buildFile() : path, null);
        }
        String chart = directory.get().path() + "/Chart.yaml";
        boolean isChart = layout.file(chart).filter(ContextFile::isFile).isPresent();
        return new Artifact(isChart ? chart : buildFile(), null);
    }

    private String buildFile() {
        return layout.buildFiles().stream().findFirst().map(layout::pathOf).orElse(BuildFiles.NAMES.get(1));
    }
}
