package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.text.Count;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.kubefile.Stage;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.KubefileEdit;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules about CMD and ENTRYPOINT, each element of which sealos runs as a shell command. */
final class CommandRules {
    private static final Set<String> WANT_ARGUMENTS = Set.of(
            "bash",
            "sh",
            "/bin/bash",
            "helm",
            "kubectl",
            "cp",
            "mv",
            "chmod",
            "chown",
            "tar",
            "sed",
            "node",
            "python",
            "python3",
            "java",
            "sealos",
            "mkdir",
            "rm",
            "cat",
            "istioctl",
            "source");
    private static final List<String> BROUGHT_ONLY =
            List.of(StandardDirectory.OPT, StandardDirectory.REGISTRY, "images");
    private static final Pattern ARRAY = Pattern.compile("(?s)\\[\\s*+[\"'“‘].*");
    private static final Pattern SINGLE_QUOTED =
            Pattern.compile("\\[\\s*+'[^'\"\\\\]*+'(?:\\s*+,\\s*+'[^'\"\\\\]*+')*+\\s*+]\\s*+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*|[0-9]");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z_][A-Z0-9_]*");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "nothing-to-run",
                    Severity.WARNING,
                    "An application image has neither CMD nor ENTRYPOINT, so sealos run does nothing.",
                    CommandRules::nothingToRun),
            LayoutRule.of(
                    "command-argv",
                    Severity.WARNING,
                    "The words of one command are elements of their own, and sealos runs each as a command.",
                    CommandRules::argv),
            LayoutRule.of(
                    "json-form-broken",
                    Severity.WARNING,
                    "A list looks like JSON but is not, so it is run as a shell command.",
                    CommandRules::brokenJson),
            LayoutRule.of(
                    "command-failure-ignored",
                    Severity.INFO,
                    "There are several commands, and one that fails does not stop the next.",
                    CommandRules::failureIgnored),
            LayoutRule.of(
                    "command-variable-unknown",
                    Severity.WARNING,
                    "A command uses a variable that nobody sets: sealos makes a command of its name.",
                    CommandRules::unknownVariable));

    private CommandRules() {}

    private static void nothingToRun(ClusterImageLayout layout, FindingSink findings) {
        Optional<KubefileEvaluation> evaluation = layout.evaluation();
        if (evaluation.isPresent() && runsNothing(evaluation.get()) && isExpectedToRun(layout, evaluation.get())) {
            findings.report(
                    BuildFileRules.kubefileName(layout),
                    "neither CMD nor ENTRYPOINT is set: 'sealos run' would do nothing",
                    "add a CMD, such as CMD [\"kubectl apply -f manifests\"]");
        }
    }

    private static boolean runsNothing(KubefileEvaluation evaluation) {
        ContainerConfig config = evaluation.config();
        return config.cmd().isEmpty()
                && config.entrypoint().isEmpty()
                && evaluation.target().isFromScratch();
    }

    /**
     * {@return whether the image needs commands} A rootfs or patch does not, nor does an image that has only programs
     * or images.
     */
    private static boolean isExpectedToRun(ClusterImageLayout layout, KubefileEvaluation evaluation) {
        boolean application =
                layout.type().filter(type -> type == ImageType.APPLICATION).isPresent();
        return application
                && !layout.isRootfs()
                && !evaluation.copies().stream().allMatch(CommandRules::bringsOnly);
    }

    private static boolean bringsOnly(CopyStep copy) {
        return copy.sources().stream()
                .map(CopySources::trim)
                .allMatch(source -> BROUGHT_ONLY.stream()
                        .anyMatch(directory -> source.equals(directory) || source.startsWith(directory + "/")));
    }

    private static void argv(ClusterImageLayout layout, FindingSink findings) {
        for (Instruction instruction : new Commands(layout).instructions()) {
            List<String> words =
                    instruction.arguments().stream().map(it -> it.text()).toList();
            if (instruction.isJson() && isArgv(words)) {
                String command = String.join(" ", words);
                findings.report(
                        instruction.range(),
                        "sealos runs '" + words.get(0) + "', then '" + words.get(1)
                                + "': each element is a command of its own",
                        "write " + instruction.keyword() + " [\"" + command + "\"]",
                        new KubefileEdit(instruction.range(), oneCommand(instruction, command)));
            }
        }
    }

    private static boolean isArgv(List<String> words) {
        if (words.size() < 2 || words.get(0).equals("/bin/sh")) {
            return false;
        }
        return WANT_ARGUMENTS.contains(words.get(0)) || words.stream().skip(1).anyMatch(word -> word.startsWith("-"));
    }

    private static String oneCommand(Instruction instruction, String command) {
        String escaped = command.replace("\\", "\\\\").replace("\"", "\\\"");
        return instruction.writtenKeyword().text() + " [\"" + escaped + "\"]";
    }

    private static void brokenJson(ClusterImageLayout layout, FindingSink findings) {
        List<Instruction> all = layout.kubefile().map(it -> it.instructions()).orElse(List.of());
        for (Instruction instruction : all) {
            String text = instruction.range().text();
            String rest = text.substring(Math.min(instruction.keyword().length(), text.length()))
                    .strip();
            boolean list = Set.of("CMD", "ENTRYPOINT", "COPY", "ADD", "VOLUME").contains(instruction.keyword());
            if (list
                    && !instruction.isJson()
                    && ARRAY.matcher(rest).matches()
                    && rest.stripTrailing().endsWith("]")) {
                report(instruction, rest, findings);
            }
        }
    }

    private static void report(Instruction instruction, String list, FindingSink findings) {
        String message = "the list is not JSON, so it is run as written, including its brackets";
        if (SINGLE_QUOTED.matcher(list).matches()) {
            String text = instruction.writtenKeyword().text() + " " + list.replace('\'', '"');
            findings.report(
                    instruction.range(), message, "use double quotes", new KubefileEdit(instruction.range(), text));
        } else {
            findings.report(
                    instruction.range(),
                    message,
                    "write strings in double quotes with commas between them, and a backslash in them twice");
        }
    }

    private static void failureIgnored(ClusterImageLayout layout, FindingSink findings) {
        for (Instruction instruction : new Commands(layout).instructions()) {
            List<String> commands =
                    instruction.arguments().stream().map(it -> it.text()).toList();
            if (instruction.isJson()
                    && commands.size() > 1
                    && !commands.get(0).equals("/bin/sh")
                    && !isArgv(commands)) {
                findings.withIdentity(instruction.keyword())
                        .report(
                                instruction.range(),
                                "there are " + Count.of(commands.size(), "command")
                                        + ", and one that fails does not stop the next: the last one decides",
                                "join them with && to one command, or put them into a script with 'set -e'",
                                new KubefileEdit(
                                        instruction.range(), oneCommand(instruction, String.join(" && ", commands))));
            }
        }
    }

    private static void unknownVariable(ClusterImageLayout layout, FindingSink findings) {
        boolean scratch = layout.evaluation()
                .map(it -> it.target())
                .filter(Stage::isFromScratch)
                .isPresent();
        Commands commands = new Commands(layout);
        Optional<SealosRuntime> runtime = commands.runtime().filter(it -> scratch);
        List<String> unknown = runtime.map(it -> it.unknownVariables()).orElse(List.of());
        for (String name : unknown) {
            String text = String.join("\n", runtime.orElseThrow().commands());
            if (NAME.matcher(name).matches()) {
                reportUnknown(commands, name, text, findings);
            }
        }
    }

    /**
     * Reports a variable that nothing sets. A name in parentheses is intended as a command, unless it is in upper case.
     */
    private static void reportUnknown(Commands commands, String name, String text, FindingSink findings) {
        boolean bare = text.contains("${" + name + "}") || isNamed(text, name);
        boolean meant = CONSTANT.matcher(name).matches() && text.contains("$(" + name + ")");
        if (bare || meant) {
            commands.report(
                    findings,
                    bare ? (text.contains("$" + name) ? "$" + name : "${" + name) : "$(" + name + ")",
                    "nothing sets " + name + ": sealos makes $(" + name + ") of it, and the shell runs a command "
                            + name,
                    "set it with ENV, or write $$" + name + " where the shell is to expand it");
        }
    }

    /** {@return whether the text has the variable without braces} */
    private static boolean isNamed(String text, String name) {
        String variable = "$" + name;
        for (int at = text.indexOf(variable); at >= 0; at = text.indexOf(variable, at + 1)) {
            int end = at + variable.length();
            if (end == text.length() || (!Character.isLetterOrDigit(text.charAt(end)) && text.charAt(end) != '_')) {
                return true;
            }
        }
        return false;
    }
}
