package io.sealos.layout;

import io.sealos.images.ImageInventory;
import io.sealos.images.ImageScanner;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.IgnoreRules;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import io.sealos.kubefile.KubefileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A context directory, opened: its build file evaluated, its ignore rules loaded, its images found.
 *
 * <p>What is wrong with the build file does not stop it from opening: {@link #kubefileProblems()} has it, and there is
 * no {@link #evaluation()}. Immutable and thread-safe; it does not notice later changes of the directory.
 */
public final class ClusterImageLayout {
    private final Path directory;
    private final List<Path> buildFiles;
    private final @Nullable KubefileEvaluation evaluation;
    private final List<KubefileProblem> kubefileProblems;
    private final IgnoreRules ignoreRules;
    private final ImageInventory images;

    private ClusterImageLayout(
            Path directory,
            List<Path> buildFiles,
            @Nullable KubefileEvaluation evaluation,
            List<KubefileProblem> kubefileProblems,
            IgnoreRules ignoreRules,
            ImageInventory images) {
        this.directory = directory;
        this.buildFiles = List.copyOf(buildFiles);
        this.evaluation = evaluation;
        this.kubefileProblems = List.copyOf(kubefileProblems);
        this.ignoreRules = ignoreRules;
        this.images = images;
    }

    /**
     * {@return the layout of a directory, with the build files that sealos would take and default options}
     *
     * @param directory the context directory
     * @throws IOException if it cannot be read
     */
    public static ClusterImageLayout open(Path directory) throws IOException {
        requireDirectory(directory);
        ImageInventory images = ImageScanner.builder().build().scan(directory);
        List<Path> buildFiles = BuildFiles.find(directory);
        if (buildFiles.isEmpty()) {
            return new ClusterImageLayout(directory, List.of(), null, List.of(), IgnoreRules.none(), images);
        }
        IgnoreRules ignoreRules = IgnoreRules.load(directory, buildFiles.get(0));
        try {
            KubefileEvaluation evaluation = Kubefile.join(buildFiles).evaluate(BuildOptions.defaults());
            return new ClusterImageLayout(directory, buildFiles, evaluation, List.of(), ignoreRules, images);
        } catch (KubefileParseException e) {
            return new ClusterImageLayout(directory, buildFiles, null, e.problems(), ignoreRules, images);
        } catch (KubefileEvaluationException e) {
            return new ClusterImageLayout(directory, buildFiles, null, e.problems(), ignoreRules, images);
        }
    }

    /**
     * {@return the layout of a directory whose parts the caller has already}
     *
     * @param directory the context directory
     * @param evaluation what its build file comes to
     * @param ignoreRules what its ignore file leaves out of every COPY
     * @param images the images that were found in it
     */
    public static ClusterImageLayout of(
            Path directory, KubefileEvaluation evaluation, IgnoreRules ignoreRules, ImageInventory images) {
        return new ClusterImageLayout(directory, List.of(), evaluation, List.of(), ignoreRules, images);
    }

    /** {@return the context directory} */
    public Path directory() {
        return directory;
    }

    /** {@return the build files that sealos would join, in its order} */
    public List<Path> buildFiles() {
        return buildFiles;
    }

    /** {@return what the build file comes to; empty where there is none or it is wrong} */
    public Optional<KubefileEvaluation> evaluation() {
        return Optional.ofNullable(evaluation);
    }

    /** {@return what is wrong with the build file} */
    public List<KubefileProblem> kubefileProblems() {
        return kubefileProblems;
    }

    /** {@return what the ignore file leaves out of every COPY} */
    public IgnoreRules ignoreRules() {
        return ignoreRules;
    }

    /** {@return the images that manifests, charts and lists of the directory name} */
    public ImageInventory images() {
        return images;
    }

    private static void requireDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
    }
}
