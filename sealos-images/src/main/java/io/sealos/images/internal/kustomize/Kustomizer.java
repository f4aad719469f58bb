package io.sealos.images.internal.kustomize;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.kustomize.SourceLines.FileLine;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates the kustomization of a directory, without a network and without running anything. Each instance is for a
 * single evaluation. Not thread-safe.
 */
public final class Kustomizer {
    /** A reason why a kustomization was not evaluated. */
    public record Problem(ScanProblem.Kind kind, Path file, int line, String message) {}

    private final Path directory;
    private final @Nullable ChartEngine charts;
    private final @Nullable Overlay overlay;
    private final SourceLines lines = new SourceLines();
    private final ContextFiles context;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Creates a kustomizer for a directory.
     *
     * @param directory the directory with the kustomization, below the context directory
     * @param context the context directory, outside of which no file is read
     * @param charts the engine for charts, or null if the program that applies the objects renders none
     * @param overlay the changes to the kustomization, or null
     */
    public Kustomizer(Path directory, ContextFiles context, @Nullable ChartEngine charts, @Nullable Overlay overlay) {
        this.directory = directory;
        this.context = context;
        this.charts = charts;
        this.overlay = overlay;
    }

    /** {@return whether a directory has a kustomization} */
    public static boolean isIn(Path directory) {
        return KustomizeFiles.kustomizationFile(directory).isPresent();
    }

    /** {@return whether a file has the name of a kustomization file} */
    public static boolean isKustomization(Path file) {
        return Kustomization.NAMES.contains(String.valueOf(file.getFileName()));
    }

    /** {@return the objects that would be applied; empty if the kustomization cannot be evaluated} */
    public List<YamlNode> build() throws IOException {
        KustomizeFiles files = new KustomizeFiles(context, lines, overlay != null && overlay.lenient());
        try {
            return new KustomizeBuild(files, new Work(), charts)
                    .build(kustomization(files)).stream().map(Resource::root).toList();
        } catch (KustomizeException e) {
            problems.add(problem(e.kind(), e));
            return List.of();
        } finally {
            files.notes()
                    .forEach(it ->
                            problems.add(problem(it.kind().isGap() ? ScanProblem.Kind.READ_IN_PART : it.kind(), it)));
        }
    }

    private Kustomization kustomization(KustomizeFiles files) throws IOException, KustomizeException {
        if (overlay == null) {
            return files.kustomization(directory, 0);
        }
        YamlNode fields = lines.foreign(overlay.file(), overlay.fields());
        boolean plain = overlay.lenient() && !isIn(directory);
        Kustomization own = plain
                ? Overlay.generated(directory, context, fields.line())
                : files.kustomization(directory, fields.line());
        return Overlay.applied(own, fields);
    }

    private Problem problem(ScanProblem.Kind kind, KustomizeException e) {
        boolean located = e.line() > 0 && lines.hasAny();
        Path own = KustomizeFiles.kustomizationFile(directory).orElse(directory);
        FileLine place = located ? lines.locate(e.line()) : new FileLine(own, 0, "");
        return new Problem(kind, place.file(), place.line(), String.valueOf(e.getMessage()));
    }

    /** {@return the reasons why the kustomization, or a part of it, was not evaluated} */
    public List<Problem> problems() {
        return problems;
    }

    /** {@return whether the objects are all that would be applied} */
    public boolean isEvaluated() {
        return problems.stream().noneMatch(it -> it.kind().isGap());
    }

    /** {@return the files that were read, whether or not the evaluation succeeded} */
    public List<Path> files() {
        return lines.files();
    }

    /** {@return the files in the context to which the kustomization refers, also if it cannot be evaluated} */
    public Set<Path> referredFiles() throws IOException {
        return ReferredFiles.of(directory, context);
    }

    /** {@return the file of a line of the objects} */
    public Path file(int line) {
        return lines.locate(line).file();
    }

    /**
     * {@return the template of a chart to whose output a line of the objects belongs; empty if it is a line of a file}
     */
    public String template(int line) {
        return lines.locate(line).template();
    }

    /** {@return the number of a line of the objects in its file} */
    public int line(int line) {
        return lines.locate(line).line();
    }
}
