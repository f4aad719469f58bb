package io.sealos.layout.internal.rule;

import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.CopyStep;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import io.sealos.layout.internal.shell.NeededFiles;
import io.sealos.layout.internal.shell.NeededFiles.Need;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about files that COPY or a command needs: whether they are there, copied and not hidden. */
final class NeedRules {
    private static final int DEEPEST_SCRIPT = 4;

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "copy-source-missing",
                    Severity.ERROR,
                    "A COPY names a file or folder that the directory does not have, and the build stops at it.",
                    NeedRules::copySourceMissing),
            LayoutRule.of(
                    "init-not-run",
                    Severity.WARNING,
                    "The script init.sh has not been run: what it would fetch is missing.",
                    NeedRules::initNotRun),
            LayoutRule.of(
                    "command-file-missing",
                    Severity.WARNING,
                    "A command, or a script that it runs, needs a file that no COPY brings.",
                    NeedRules::commandFileMissing),
            LayoutRule.of(
                    "needed-file-ignored",
                    Severity.WARNING,
                    "The ignore file hides what a COPY names or a command needs.",
                    NeedRules::neededIgnored));

    /** A file that a command needs, where a finding of it goes, and who needs it. */
    private record Use(String path, String element, String by) {}

    private NeedRules() {}

    private static void copySourceMissing(ClusterImageLayout layout, FindingSink findings) {
        forEachMissing(layout, (copy, source) -> {
            if (!InitScript.mayMake(layout, source)) {
                findings.report(
                        copy.instruction().range(),
                        "there is no " + source + " to copy",
                        "add it to the directory, or remove it from the instruction");
            }
        });
    }

    private static void initNotRun(ClusterImageLayout layout, FindingSink findings) {
        Set<String> missing = new LinkedHashSet<>();
        forEachMissing(layout, (copy, source) -> missing.add(source));
        uses(layout).stream()
                .filter(use -> new CopiedPaths(layout).source(use.path()).isEmpty())
                .filter(use -> layout.file(use.path()).isEmpty())
                .forEach(use -> missing.add(use.path()));
        missing.removeIf(path -> !InitScript.mayMake(layout, path));
        List<String> folders = missing.stream().map(path -> path + "/").toList();
        missing.removeIf(path -> folders.stream().anyMatch(path::startsWith));
        if (!missing.isEmpty()) {
            findings.report(
                    StandardDirectory.INIT_SCRIPT,
                    "the script has not been run: it would bring " + String.join(", ", missing),
                    "run 'bash init.sh ARCH NAME VERSION' in the directory before the build");
        }
    }

    private interface MissingSource {
        void report(CopyStep copy, String source);
    }

    private static void forEachMissing(ClusterImageLayout layout, MissingSource missing) {
        for (CopyStep copy : layout.copies()) {
            for (String source : copy.sources()) {
                String path = CopiedPaths.trim(source);
                boolean pattern = path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
                boolean remote = copy.add() && path.contains(":");
                boolean virtual =
                        path.equals(StandardDirectory.REGISTRY) || path.startsWith(StandardDirectory.REGISTRY + "/");
                if (!path.isEmpty()
                        && !pattern
                        && !remote
                        && !virtual
                        && layout.file(path).isEmpty()
                        && !layout.isIgnored(path)) {
                    missing.report(copy, path);
                }
            }
        }
    }

    private static void commandFileMissing(ClusterImageLayout layout, FindingSink findings) {
        CopiedPaths paths = new CopiedPaths(layout);
        for (Use use : uses(layout)) {
            boolean there = layout.file(use.path()).isPresent();
            boolean hidden = layout.isIgnored(use.path()) || paths.isPromised(use.path());
            if (paths.source(use.path()).isEmpty() && !hidden && (there || !InitScript.mayMake(layout, use.path()))) {
                new Commands(layout)
                        .report(
                                findings,
                                use.element(),
                                use.by() + " needs " + use.path() + ", which the cluster image will not have",
                                there
                                        ? "copy it: COPY " + use.path() + " " + use.path()
                                        : "add it to the directory, and copy it");
            }
        }
    }

    private static void neededIgnored(ClusterImageLayout layout, FindingSink findings) {
        for (CopyStep copy : layout.copies()) {
            for (String source : copy.sources()) {
                String path = CopiedPaths.trim(source);
                if (!path.isEmpty() && layout.file(path).isPresent() && layout.isIgnored(path)) {
                    findings.report(
                            copy.instruction().range(),
                            "the ignore file hides " + path + " from this instruction",
                            "take it out of the ignore file, or add a line !" + path);
                }
            }
        }
        for (Use use : uses(layout)) {
            if (layout.file(use.path()).isPresent() && layout.isIgnored(use.path())) {
                new Commands(layout)
                        .report(
                                findings,
                                use.element(),
                                use.by() + " needs " + use.path() + ", which the ignore file hides",
                                "take it out of the ignore file, or add a line !" + use.path());
            }
        }
    }

    private static List<Use> uses(ClusterImageLayout layout) {
        CopiedPaths paths = new CopiedPaths(layout);
        Set<Use> uses = new LinkedHashSet<>();
        if (!paths.areKnown() || layout.isRootfs()) {
            return List.of();
        }
        Optional<SealosRuntime> runtime = new Commands(layout).runtime();
        List<String> written = runtime.map(SealosRuntime::commands).orElse(List.of());
        List<String> expanded = runtime.map(SealosRuntime::expandedCommands).orElse(List.of());
        // Behind a command of which nothing can be told, neither can be of the next: they share one shell.
        for (int i = 0; i < expanded.size(); i++) {
            for (Need need : NeededFiles.of(String.join("\n", expanded.subList(0, i + 1)))) {
                String element = need.line() == i + 1 ? written.get(i) : "";
                if (!element.isEmpty()) {
                    uses.add(new Use(need.path(), element, "the command"));
                    addScript(paths, need, element, uses, DEEPEST_SCRIPT);
                }
            }
        }
        return new ArrayList<>(uses);
    }

    private static void addScript(CopiedPaths paths, Need need, String element, Set<Use> uses, int depth) {
        Optional<ContextFile> script = paths.source(need.path()).filter(it -> need.script() && depth > 0);
        String text = script.flatMap(ContextFile::text).orElse("");
        for (Need inner : NeededFiles.of(text)) {
            String by = script.orElseThrow().path() + ":" + inner.line();
            if (uses.add(new Use(inner.path(), element, by))) {
                addScript(paths, inner, element, uses, depth - 1);
            }
        }
    }
}
