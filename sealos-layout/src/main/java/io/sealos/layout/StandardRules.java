package io.sealos.layout;

import io.sealos.images.ImageReference;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.KubefileProblem;
import io.sealos.kubefile.SourceRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The rule table. Each row has a page of the same name in {@code docs/rules}. */
final class StandardRules {
    private static final String REPOSITORIES = StandardDirectory.REGISTRY + "/docker/registry/v2/repositories/";

    static final List<LayoutRule> ALL = List.of(
            new LayoutRule(
                    "kubefile-missing",
                    Severity.ERROR,
                    "The directory has no build file.",
                    StandardRules::kubefileMissing),
            new LayoutRule(
                    "kubefile-invalid",
                    Severity.ERROR,
                    "The build file has errors, so that no image can be built from it.",
                    StandardRules::kubefileInvalid),
            new LayoutRule(
                    "registry-not-copied",
                    Severity.WARNING,
                    "The application runs images, but no COPY brings the registry folder into the cluster image.",
                    StandardRules::registryNotCopied),
            new LayoutRule(
                    "registry-tag-replaced",
                    Severity.INFO,
                    "The registry folder has a tag already that a build saves anew.",
                    StandardRules::registryTagReplaced),
            new LayoutRule(
                    "nothing-to-run",
                    Severity.WARNING,
                    "An application image has neither CMD nor ENTRYPOINT, so that sealos run does nothing.",
                    StandardRules::nothingToRun),
            new LayoutRule(
                    "images-unreadable",
                    Severity.WARNING,
                    "A manifest, chart or list could not be read or rendered, so that its images may be missing.",
                    StandardRules::imagesUnreadable));

    private StandardRules() {}

    private static void kubefileMissing(ClusterImageLayout layout, FindingSink sink) {
        if (layout.evaluation().isEmpty() && layout.buildFiles().isEmpty()) {
            sink.report(
                    ".",
                    "there is no build file: none of " + String.join(", ", BuildFiles.NAMES),
                    "create a Kubefile that begins with 'FROM scratch'");
        }
    }

    private static void kubefileInvalid(ClusterImageLayout layout, FindingSink sink) {
        for (KubefileProblem problem : layout.kubefileProblems()) {
            sink.report(
                    path(layout, problem.range()),
                    problem.range(),
                    problem.message(),
                    problem.suggestion().orElse("correct the line"));
        }
    }

    private static String path(ClusterImageLayout layout, SourceRange range) {
        return range.sourceName()
                .map(name -> layout.directory().relativize(Path.of(name)).toString())
                .orElse(BuildFiles.NAMES.get(1));
    }

    private static void registryNotCopied(ClusterImageLayout layout, FindingSink sink) {
        int count = layout.images().references().size();
        if (count > 0 && layout.evaluation().isPresent() && !copiesRegistry(layout)) {
            sink.report(
                    StandardDirectory.REGISTRY,
                    "the application runs " + count + (count == 1 ? " image" : " images")
                            + ", and the cluster image would contain none",
                    "add 'COPY registry registry' to the build file, and keep the folder out of the ignore file");
        }
    }

    private static boolean copiesRegistry(ClusterImageLayout layout) {
        boolean ignored = layout.ignoreRules().isExcluded(StandardDirectory.REGISTRY + "/docker")
                && !layout.ignoreRules().mayIncludeBelow(StandardDirectory.REGISTRY + "/docker");
        return !ignored
                && layout.evaluation().stream()
                        .flatMap(evaluation -> evaluation.copies().stream())
                        .anyMatch(copy -> copy.from().isEmpty() && CopiedFolder.REGISTRY.isBroughtBy(copy));
    }

    private static void registryTagReplaced(ClusterImageLayout layout, FindingSink sink) {
        for (ImageReference reference : layout.images().references()) {
            String tag = reference.tag().orElse("latest");
            String folder = REPOSITORIES + reference.repository() + "/_manifests/tags/" + tag;
            boolean linked = reference.digest().isEmpty() || reference.tag().isPresent();
            if (linked && Files.exists(layout.directory().resolve(folder))) {
                sink.report(
                        folder,
                        "the folder has " + reference.repository() + ":" + tag
                                + " already; a build that saves images puts " + reference + " in its place",
                        "remove the tag from the folder, or build without saving images to keep it");
            }
        }
    }

    private static void nothingToRun(ClusterImageLayout layout, FindingSink sink) {
        Optional<KubefileEvaluation> evaluation = layout.evaluation();
        if (evaluation.isPresent() && runsNothing(evaluation.get()) && isExpectedToRun(evaluation.get())) {
            sink.report(
                    BuildFiles.NAMES.get(1),
                    "neither CMD nor ENTRYPOINT is set: 'sealos run' would do nothing",
                    "add a CMD, such as CMD [\"kubectl apply -f manifests\"]");
        }
    }

    private static boolean runsNothing(KubefileEvaluation evaluation) {
        ContainerConfig config = evaluation.config();
        return config.cmd().isEmpty() && config.entrypoint().isEmpty();
    }

    /** A rootfs or patch is run by its labels; an image that only brings binaries of opt has nothing to start. */
    private static boolean isExpectedToRun(KubefileEvaluation evaluation) {
        boolean application = ImageType.of(evaluation.config().labels())
                .filter(type -> type == ImageType.APPLICATION)
                .isPresent();
        return application && !evaluation.copies().stream().allMatch(StandardRules::copiesOnlyBinaries);
    }

    private static boolean copiesOnlyBinaries(CopyStep copy) {
        return copy.sources().stream()
                .map(CopiedFolder::relative)
                .allMatch(source ->
                        source.equals(StandardDirectory.OPT) || source.startsWith(StandardDirectory.OPT + "/"));
    }

    private static void imagesUnreadable(ClusterImageLayout layout, FindingSink sink) {
        layout.images()
                .problems()
                .forEach(problem -> sink.report(
                        problem.file(), problem.message(), "correct it, or list its images in a file of images/shim"));
    }
}
