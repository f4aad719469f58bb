package io.sealos.layout.internal.rule;

import io.sealos.images.CommandNeed;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.CopyStep;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about files that COPY or a command needs: they must exist, be copied and not be ignored. */
final class NeedRules {
    private static final int MOST_LISTED = 5;

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "copy-source-missing",
                    Severity.ERROR,
                    "A COPY names a file, directory or pattern that matches nothing there, and the build stops at it.",
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
                    "command-needs-network",
                    Severity.WARNING,
                    "A command fetches a chart or manifest from an address, which a site without a network cannot.",
                    NeedRules::needsNetwork),
            LayoutRule.of(
                    "needed-file-ignored",
                    Severity.WARNING,
                    "The ignore file hides what a COPY names or a command needs.",
                    NeedRules::neededIgnored));

    private NeedRules() {}

    private static void copySourceMissing(ClusterImageLayout layout, FindingSink findings) {
        forEachMissing(layout, (copy, source) -> {
            if (!InitScript.mayMake(layout, source)) {
                findings.report(
                        copy.instruction().range(),
                        "there is no " + source + " to copy",
                        SourceMatches.hasWildcard(source)
                                ? "add a file that matches it to the directory, or correct the pattern"
                                : "add it to the directory, or remove it from the instruction");
            }
        });
    }

    private static void initNotRun(ClusterImageLayout layout, FindingSink findings) {
        Set<String> missing = new LinkedHashSet<>();
        forEachMissing(layout, (copy, source) -> missing.add(source));
        missingFiles(layout).map(NeedRules::path).forEach(missing::add);
        missing.removeIf(path -> layout.file(path).isPresent() || !InitScript.mayMake(layout, path));
        boolean lists = layout.kubefile().isPresent() && InitScript.writesImageLists(layout);
        if (lists && layout.filesBelow(StandardDirectory.SHIM).isEmpty()) {
            missing.add(StandardDirectory.SHIM);
        }
        List<String> directories = missing.stream().map(path -> path + "/").toList();
        missing.removeIf(path -> directories.stream().anyMatch(path::startsWith));
        if (!missing.isEmpty()) {
            findings.withIdentity("not run")
                    .report(
                            StandardDirectory.INIT_SCRIPT,
                            "the script has not been run, and what it is to bring is missing: " + listed(missing),
                            InitScript.RUN);
        }
    }

    private static String listed(Set<String> paths) {
        String first = String.join(", ", paths.stream().limit(MOST_LISTED).toList());
        int more = paths.size() - MOST_LISTED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private interface MissingSource {
        void report(CopyStep copy, String source);
    }

    private static void forEachMissing(ClusterImageLayout layout, MissingSource missing) {
        SourceMatches matches = new SourceMatches(layout);
        for (CopyStep copy : layout.copies()) {
            matches.missing(copy).forEach(source -> missing.report(copy, source));
        }
    }

    private static void commandFileMissing(ClusterImageLayout layout, FindingSink findings) {
        CopySources paths = new CopySources(layout);
        missingFiles(layout).forEach(need -> {
            String path = path(need);
            boolean there = layout.file(path).isPresent();
            boolean promised = layout.isIgnored(path) || paths.isPromised(path);
            if (!promised && (there || !InitScript.mayMake(layout, path))) {
                new NeedPlace(layout, need)
                        .report(
                                findings,
                                "the command needs " + need.name() + ", which the cluster image will not have",
                                there ? "copy it: COPY " + path + " " + path : fix(layout, path));
            }
        });
    }

    /**
     * {@return the fix, which names a file that differs only in its extension or case, because that is the most likely
     * mistake}
     */
    private static String fix(ClusterImageLayout layout, String path) {
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        String stem = stem(path.substring(directory.length()));
        List<String> names = layout.file(directory).map(ContextFile::children).orElse(List.of()).stream()
                .map(ContextFile::name)
                .toList();
        return names.stream()
                .filter(name -> stem(name).equals(stem))
                .findFirst()
                .map(name -> "write " + directory + name + ", which is there")
                .orElse("add it to the directory, and copy it");
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return (dot > 0 ? name.substring(0, dot) : name).toLowerCase(Locale.ROOT);
    }

    private static void needsNetwork(ClusterImageLayout layout, FindingSink findings) {
        needs(layout)
                .filter(need -> need.path().isEmpty())
                .forEach(need -> new NeedPlace(layout, need)
                        .report(
                                findings,
                                "the command fetches " + need.name() + ", and a site without a network cannot",
                                "fetch it before the build, put it into the directory, and name it by its path there"));
    }

    private static void neededIgnored(ClusterImageLayout layout, FindingSink findings) {
        SourceMatches matches = new SourceMatches(layout);
        for (CopyStep copy : layout.copies()) {
            for (String source : copy.sources()) {
                String path = CopySources.trim(source);
                if (!path.isEmpty() && matches.areIgnored(path)) {
                    findings.report(
                            copy.instruction().range(),
                            "the ignore file hides " + path + " from this instruction",
                            "take it out of the ignore file, or add a line !" + path);
                }
            }
        }
        needs(layout)
                .filter(need -> need.source().filter(layout::isIgnored).isPresent())
                .forEach(need -> new NeedPlace(layout, need)
                        .report(
                                findings,
                                "the command needs " + need.name() + ", which the ignore file hides",
                                "take it out of the ignore file, or add a line !"
                                        + need.source().orElseThrow()));
    }

    private static Stream<CommandNeed> missingFiles(ClusterImageLayout layout) {
        return needs(layout).filter(need -> need.path().isPresent() && !need.isThere());
    }

    private static String path(CommandNeed need) {
        return need.path().orElseThrow();
    }

    /**
     * {@return the files that commands need, if all files of the image are known} A rootfs has its commands in labels.
     */
    private static Stream<CommandNeed> needs(ClusterImageLayout layout) {
        boolean known = new CopySources(layout).areKnown() && !layout.isRootfs();
        return known ? layout.images().commandNeeds().stream() : Stream.empty();
    }
}
