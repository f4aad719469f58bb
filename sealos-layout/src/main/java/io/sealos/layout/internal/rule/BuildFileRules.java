package io.sealos.layout.internal.rule;

import com.google.re2j.Pattern;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildFiles;
import io.sealos.kubefile.KubefileProblem;
import io.sealos.kubefile.RefusedStep;
import io.sealos.kubefile.RunInstruction;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.Stage;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.KubefileEdit;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules about build files: their presence, and problems that keep them from being built. */
final class BuildFileRules {
    private static final String KUBEFILE = BuildFiles.NAMES.get(1);
    private static final Pattern WRITES_BUILD_FILE =
            Pattern.compile("\\b(" + String.join("|", BuildFiles.NAMES) + ")\\b");
    private static final Pattern COMMENT = Pattern.compile("#\\s*sealos-ignore\\b.*");
    private static final Pattern WHOLE_COMMENT = Pattern.compile("#\\s*sealos-ignore:\\s*[a-z0-9-]+\\s+\\S.*");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "kubefile-missing", Severity.ERROR, "The directory has no build file.", BuildFileRules::missing),
            LayoutRule.of(
                    "kubefile-invalid",
                    Severity.ERROR,
                    "The build file has errors, so no image can be built from it.",
                    BuildFileRules::invalid),
            LayoutRule.of(
                    "context-unreadable",
                    Severity.ERROR,
                    "The build file, the ignore file or a directory of images cannot be read.",
                    BuildFileRules::unreadable),
            LayoutRule.of(
                    "several-build-files",
                    Severity.WARNING,
                    "The directory has several build files, and sealos joins all of them.",
                    BuildFileRules::several),
            LayoutRule.of(
                    "base-not-scratch",
                    Severity.INFO,
                    "The cluster image begins with another image, all of which is shipped with it.",
                    BuildFileRules::base),
            LayoutRule.of(
                    "instruction-needs-container",
                    Severity.ERROR,
                    "An instruction needs a container or a network, and a build here has neither.",
                    BuildFileRules::needsContainer),
            LayoutRule.of(
                    "instruction-without-effect",
                    Severity.INFO,
                    "An instruction is accepted, but the image has no place for it.",
                    BuildFileRules::withoutEffect),
            LayoutRule.of(
                    "suppression-invalid",
                    Severity.WARNING,
                    "A comment sealos-ignore names no rule or gives no reason, so it has no effect.",
                    BuildFileRules::suppression));

    private BuildFileRules() {}

    private static void missing(ClusterImageLayout layout, FindingSink findings) {
        boolean unread = layout.unreadable().keySet().stream().anyMatch(BuildFiles.NAMES::contains);
        if (layout.kubefile().isPresent() || !layout.buildFiles().isEmpty() || unread) {
            return;
        }
        Optional<ContextFile> script = layout.file(StandardDirectory.INIT_SCRIPT);
        boolean written = script.flatMap(ContextFile::text)
                .filter(text -> WRITES_BUILD_FILE.matcher(text).find())
                .isPresent();
        String create = "create a Kubefile that begins with 'FROM scratch'";
        findings.report(
                ".",
                written
                        ? "there is no build file yet: init.sh, which writes it, has not been run"
                        : "there is no build file: none of " + String.join(", ", BuildFiles.NAMES),
                written ? InitScript.RUN : script.isPresent() ? "run init.sh if it brings one, or " + create : create);
    }

    private static void invalid(ClusterImageLayout layout, FindingSink findings) {
        for (KubefileProblem problem : layout.kubefileProblems()) {
            findings.report(
                    problem.range(),
                    problem.message(),
                    asFix(problem.suggestion().orElse("correct the line")));
        }
    }

    private static void unreadable(ClusterImageLayout layout, FindingSink findings) {
        layout.unreadable()
                .forEach((path, reason) -> findings.report(path, reason, "make it a file that the build can read"));
    }

    private static void several(ClusterImageLayout layout, FindingSink findings) {
        if (layout.buildFiles().size() > 1) {
            String names = layout.buildFiles().stream()
                    .map(Path::getFileName)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            findings.report(
                    ".",
                    "sealos joins " + names + " to one build file, and the image is what the last FROM begins",
                    "keep one of them, or tell the build which to use");
        }
    }

    private static void base(ClusterImageLayout layout, FindingSink findings) {
        Optional<Stage> target = layout.evaluation().map(it -> it.target());
        if (target.isPresent()
                && !target.get().isFromScratch()
                && target.get().baseStage().isEmpty()) {
            findings.report(
                    target.get().from().range(),
                    "the cluster image begins with " + target.get().base() + ": its files and commands come along",
                    "begin with 'FROM scratch', unless that image is a cluster image too");
        }
    }

    private static void needsContainer(ClusterImageLayout layout, FindingSink findings) {
        List<RefusedStep> refusals =
                layout.evaluation().map(it -> it.refusals()).orElse(List.of());
        for (RefusedStep step : refusals) {
            String fix = step.problem().suggestion().orElse("prepare it before the build");
            if (step.instruction() instanceof RunInstruction || !isBase(layout, step)) {
                findings.report(step.instruction().range(), step.reason(), asFix(fix));
            }
        }
    }

    /** {@return whether the step is a FROM, the base of which the build may have; base-not-scratch reports it} */
    private static boolean isBase(ClusterImageLayout layout, RefusedStep step) {
        return layout.evaluation().stream()
                .flatMap(it -> it.stages().stream())
                .anyMatch(stage -> stage.from().equals(step.instruction()));
    }

    private static void withoutEffect(ClusterImageLayout layout, FindingSink findings) {
        List<KubefileProblem> warnings =
                layout.evaluation().map(it -> it.warnings()).orElse(List.of());
        for (KubefileProblem warning : warnings) {
            String fix = asFix(warning.suggestion().orElse("remove it"));
            if (warning.range().text().isEmpty()) {
                findings.report(warning.range(), warning.message(), fix);
            } else {
                findings.report(warning.range(), warning.message(), fix, new KubefileEdit(warning.range(), ""));
            }
        }
    }

    private static void suppression(ClusterImageLayout layout, FindingSink findings) {
        for (Path buildFile : layout.buildFiles()) {
            String name = String.valueOf(buildFile.getFileName());
            List<SourceRange> lines = layout.file(name).map(ContextFile::lines).orElse(List.of());
            for (SourceRange line : lines) {
                String text = line.text().strip();
                if (COMMENT.matcher(text).matches()
                        && !WHOLE_COMMENT.matcher(text).matches()) {
                    findings.report(
                            name,
                            line,
                            "the comment has no effect: it wants the id of a rule and a reason",
                            "write # sealos-ignore: rule-id why it may stay");
                }
            }
        }
    }

    static String kubefileName(ClusterImageLayout layout) {
        return layout.buildFiles().stream()
                .findFirst()
                .map(file -> String.valueOf(file.getFileName()))
                .orElse(KUBEFILE);
    }

    /** {@return a suggestion of the Kubefile module as the fix of a finding, which is a clause without a full stop} */
    private static String asFix(String sentence) {
        String text = sentence.strip();
        boolean keyword = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        String start = keyword ? text.substring(0, 1) : text.substring(0, 1).toLowerCase(Locale.ROOT);
        String rest = text.substring(1);
        return start + (rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest);
    }
}
