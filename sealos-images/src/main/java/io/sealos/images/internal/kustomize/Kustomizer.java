package io.sealos.images.internal.kustomize;

import io.sealos.images.ScanProblem;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.kustomize.SourceLines.FileLine;
import io.sealos.images.internal.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates the kustomization of a directory, without a network and without running anything. Each instance is for a
 * single evaluation. Not thread-safe.
 */
public final class Kustomizer {
    /** A reason why a kustomization was not evaluated. */
    public record Problem(ScanProblem.Kind kind, Path file, int line, String message) {}

    private final Path directory;
    private final SourceLines lines = new SourceLines();
    private final ContextFiles context;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * Creates a kustomizer for a directory.
     *
     * @param directory the directory with the kustomization, below the context directory
     * @param context the context directory, outside of which no file is read
     */
    public Kustomizer(Path directory, ContextFiles context) {
        this.directory = directory;
        this.context = context;
    }

    /** {@return whether a file has the name of a kustomization file} */
    public static boolean isKustomization(Path file) {
        return Kustomization.NAMES.contains(String.valueOf(file.getFileName()));
    }

    /** {@return the objects that would be applied; empty if the kustomization cannot be evaluated} */
    public List<YamlNode> build() throws IOException {
        KustomizeFiles files = new KustomizeFiles(context, lines);
        try {
            return new KustomizeBuild(files, new Work())
                    .build(directory).stream().map(Resource::root).toList();
        } catch (KustomizeException e) {
            problems.add(problem(e.kind(), e));
            return List.of();
        } finally {
            files.notes().forEach(it -> problems.add(problem(ScanProblem.Kind.READ_IN_PART, it)));
        }
    }

    private Problem problem(ScanProblem.Kind kind, KustomizeException e) {
        boolean located = e.line() > 0 && !lines.files().isEmpty();
        Path own = KustomizeFiles.kustomizationFile(directory).orElse(directory);
        FileLine place = located ? lines.locate(e.line()) : new FileLine(own, 0);
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

    /** {@return the file of a line of the objects} */
    public Path file(int line) {
        return lines.locate(line).file();
    }

    /** {@return the number of a line of the objects in its file} */
    public int line(int line) {
        return lines.locate(line).line();
    }
}
