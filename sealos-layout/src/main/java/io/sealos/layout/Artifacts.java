package io.sealos.layout;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.internal.report.Artifact;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file at which a finding about a directory is shown: of a chart, the file that its message names, else
 * {@code Chart.yaml}; of any other directory, the build file, or the path at which it is missing.
 */
final class Artifacts {
    private static final Pattern NAMED_FILE = Pattern.compile("([\\w.+@/-]+\\.\\w+)(?::(\\d{1,9}))?");

    private final ClusterImageLayout layout;

    private Artifacts(ClusterImageLayout layout) {
        this.layout = layout;
    }

    static Artifact of(ClusterImageLayout layout, String path, @Nullable SourceRange range, String message) {
        return range != null ? new Artifact(path, range) : new Artifacts(layout).ofWhole(path, message);
    }

    private Artifact ofWhole(String path, String message) {
        Optional<ContextFile> directory = layout.file(path)
                .filter(it ->
                        it.kind() == ContextFile.Kind.DIRECTORY && !it.path().equals("."));
        if (directory.isEmpty()) {
            return new Artifact(path.isEmpty() || path.equals(".") ? buildFile() : path, null);
        }
        String chart = directory.get().path();
        return file(chart + "/Chart.yaml").isEmpty()
                ? new Artifact(buildFile(), null)
                : named(chart, message).orElse(new Artifact(chart + "/Chart.yaml", null));
    }

    private String buildFile() {
        return layout.buildFiles().stream().findFirst().map(layout::pathOf).orElse(BuildFiles.NAMES.get(1));
    }

    private Optional<ContextFile> file(String path) {
        return layout.file(path).filter(ContextFile::isFile);
    }

    /** {@return the file of the chart that the message names last, which is the cause of the others} */
    private Optional<Artifact> named(String chart, String message) {
        Artifact last = null;
        Matcher names = NAMED_FILE.matcher(message);
        while (names.find()) {
            String name = names.group(1);
            // Helm puts the name of the chart before the path of a template.
            Optional<ContextFile> file =
                    file(chart + "/" + name).or(() -> file(chart + "/" + name.substring(name.indexOf('/') + 1)));
            if (file.isPresent()) {
                last = new Artifact(file.get().path(), line(file.get(), names.group(2)));
            }
        }
        return Optional.ofNullable(last);
    }

    private static @Nullable SourceRange line(ContextFile file, @Nullable String number) {
        List<SourceRange> lines = number == null ? List.of() : file.lines();
        int line = number == null ? 0 : Integer.parseInt(number);
        return line > 0 && line <= lines.size() ? lines.get(line - 1) : null;
    }
}
