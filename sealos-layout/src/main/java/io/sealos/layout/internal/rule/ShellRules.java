package io.sealos.layout.internal.rule;

import com.google.re2j.Pattern;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.kubefile.ShellLine;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Rules about the shell command line that sealos builds from all commands of an image. */
final class ShellRules {
    /** A placeholder for the directory of the run, which is a plain word as well. */
    private static final String WORK_DIRECTORY = "/work";

    private static final Pattern QUOTED =
            Pattern.compile("\\s*(?:\"[^\"$`\\\\]*\\s[^\"$`\\\\]*\"|'[^']*\\s[^']*')\\s*");

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "command-shell-refused",
                    Severity.ERROR,
                    "sealos joins all commands to one line of shell, and bash refuses that line: nothing runs.",
                    ShellRules::refused),
            LayoutRule.of(
                    "command-swallowed",
                    Severity.WARNING,
                    "A command makes the next one part of a comment, a quoted text or a here-document, so that it does"
                            + " not run.",
                    ShellRules::swallowed),
            LayoutRule.of(
                    "command-quoted",
                    Severity.WARNING,
                    "A command is in quotes as a whole, and the shell takes it for the name of one program.",
                    ShellRules::quoted),
            LayoutRule.of(
                    "work-directory-missing",
                    Severity.ERROR,
                    "The image has commands and only registry, so the directory in which they run is not created.",
                    ShellRules::workDirectoryMissing));

    private ShellRules() {}

    private static Optional<SealosRuntime> runtime(ClusterImageLayout layout) {
        return new Commands(layout).instructions().isEmpty() ? Optional.empty() : new Commands(layout).runtime();
    }

    private static void refused(ClusterImageLayout layout, FindingSink findings) {
        Optional<SealosRuntime> runtime = runtime(layout);
        Optional<ShellLine> line = runtime.map(it -> it.shellLine(WORK_DIRECTORY));
        // env-value-unsafe reports the values of variables.
        line.map(ShellLine::refusedCommand)
                .orElse(OptionalInt.empty())
                .ifPresent(at -> new Commands(layout)
                        .report(
                                findings,
                                runtime.orElseThrow().commands().get(at),
                                "bash refuses the line that sealos makes of the commands, and none of them runs: "
                                        + line.flatMap(ShellLine::refusal).orElseThrow(),
                                "write commands that are whole, not empty, and end without ; or &; put what is longer"
                                        + " into a script"));
    }

    private static void swallowed(ClusterImageLayout layout, FindingSink findings) {
        Optional<SealosRuntime> runtime = runtime(layout);
        List<Integer> lost =
                runtime.map(it -> it.shellLine(WORK_DIRECTORY).lostCommands()).orElse(List.of());
        List<String> commands = runtime.map(SealosRuntime::commands).orElse(List.of());
        Set<Integer> culprits = new LinkedHashSet<>();
        for (int command : lost) {
            int culprit = command - 1;
            while (lost.contains(culprit)) {
                culprit--;
            }
            if (culprit >= 0 && culprits.add(culprit)) {
                new Commands(layout)
                        .report(
                                findings,
                                commands.get(culprit),
                                "the command makes '" + commands.get(command)
                                        + "' part of itself, because sealos joins them to one line: it does not run",
                                "leave the comment out, close each quote where it was opened, or put it into a script");
            }
        }
    }

    private static void quoted(ClusterImageLayout layout, FindingSink findings) {
        List<String> commands = runtime(layout).map(SealosRuntime::commands).orElse(List.of());
        for (String command : commands) {
            if (QUOTED.matcher(command).matches()) {
                String bare = command.strip();
                String unquoted = bare.substring(1, bare.length() - 1);
                new Commands(layout)
                        .report(
                                findings,
                                command,
                                "the quotes are part of the command: the shell looks for a program named '" + unquoted
                                        + "'",
                                "write it as a list, [\"" + unquoted.replace("\"", "\\\"") + "\"]");
            }
        }
    }

    private static void workDirectoryMissing(ClusterImageLayout layout, FindingSink findings) {
        ImagePaths paths = new ImagePaths(layout);
        boolean application =
                layout.type().filter(it -> it == ImageType.APPLICATION).isPresent();
        boolean runs = runtime(layout).filter(it -> !it.commands().isEmpty()).isPresent();
        List<CopyStep> copies = paths.copies();
        if (application
                && runs
                && paths.areKnown()
                && paths.steps().allMatch(CopyStep.class::isInstance)
                && copies.stream().allMatch(ShellRules::fillsRegistry)) {
            findings.report(
                    new Commands(layout).instructions().get(0).range(),
                    (copies.isEmpty()
                                    ? "the image has no files: "
                                    : "the image has only registry, which sealos does not copy to the node: ")
                            + "the directory that the command is to run in is not made, and cd to it fails",
                    "copy what the command needs, or any other file, into the image as well");
        }
    }

    private static boolean fillsRegistry(CopyStep copy) {
        String destination = CopySources.trim(copy.destination());
        return destination.equals(StandardDirectory.REGISTRY)
                || destination.startsWith(StandardDirectory.REGISTRY + "/");
    }
}
