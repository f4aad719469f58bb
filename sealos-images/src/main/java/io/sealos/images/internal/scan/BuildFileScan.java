package io.sealos.images.internal.scan;

import io.sealos.images.internal.context.ContextFiles;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.BuildOptions;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileEvaluationException;
import io.sealos.kubefile.KubefileParseException;
import io.sealos.kubefile.KubefileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates the build files of a context directory, which name images and the values with which charts are installed.
 */
public final class BuildFileScan {
    /**
     * The largest size in bytes, which takes less than a second to parse. A build file has some thousand characters.
     */
    private static final long MAX_SIZE = 10_000_000;

    private static final String UNKNOWN =
            ", so the images that it names and the values that it installs charts with are not known";

    private final ScanFindings findings;

    public BuildFileScan(ScanFindings findings) {
        this.findings = findings;
    }

    /**
     * Evaluates all build files together, and reports the problems of a file that has errors.
     *
     * @return the evaluation; empty if there is no build file, or if one has errors
     */
    public Optional<KubefileEvaluation> evaluate(Path context) throws IOException {
        for (Path link : BuildFiles.linksOut(context)) {
            String name = String.valueOf(link.getFileName());
            findings.problem(
                    name, 0, "the build file is a link that leads out of the directory, and is not read" + UNKNOWN);
        }
        List<Path> files = BuildFiles.find(context);
        if (!areOfUsualSize(files)) {
            return Optional.empty();
        }
        try {
            return files.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Kubefile.join(files).evaluate(BuildOptions.defaults()));
        } catch (KubefileParseException e) {
            report(e.problems().get(0));
        } catch (KubefileEvaluationException e) {
            report(e.problems().get(0));
        }
        return Optional.empty();
    }

    private boolean areOfUsualSize(List<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.size(file) > MAX_SIZE) {
                String name = String.valueOf(file.getFileName());
                findings.problem(name, 0, "the build file is larger than " + MAX_SIZE + " bytes" + UNKNOWN);
                return false;
            }
        }
        return true;
    }

    private void report(KubefileProblem problem) {
        findings.problem(
                ContextFiles.buildFile(Optional.of(problem.range())),
                problem.range().start().line(),
                "the build file has mistakes" + UNKNOWN + ": " + problem.message());
    }
}
