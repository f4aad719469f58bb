package io.sealos.layout.internal.rule;

import io.sealos.images.ImageOccurrence;
import io.sealos.images.StandardDirectory;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import io.sealos.layout.internal.rule.ChartDirectory.Dependency;
import java.util.List;
import java.util.Optional;

/** Rules about charts and manifests: requirements of sealos and Helm. */
final class ChartRules {
    private static final String STORE = "/docker/registry/v2";

    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    "chart-yaml-missing",
                    Severity.ERROR,
                    "A directory of charts has no Chart.yaml, and a build with sealos stops at it.",
                    ChartRules::withoutChartYaml),
            LayoutRule.of(
                    "chart-dependency-missing",
                    Severity.WARNING,
                    "A chart names a dependency that is not in its directory charts, and Helm refuses to install it.",
                    ChartRules::dependencyMissing),
            LayoutRule.of(
                    "chart-lock-outdated",
                    Severity.WARNING,
                    "The lock file of a chart does not have the dependencies that Chart.yaml names.",
                    ChartRules::lockOutdated),
            LayoutRule.of(
                    "chart-archive-ignored",
                    Severity.WARNING,
                    "A chart is packed as .tar.gz, which sealos passes over.",
                    ChartRules::archiveIgnored),
            LayoutRule.ofFiles(
                    "registry-nested",
                    Severity.WARNING,
                    "A directory of saved images lies below another directory, where sealos does not look for it.",
                    ChartRules::nestedRegistry),
            LayoutRule.of(
                    "manifest-json-unread",
                    Severity.INFO,
                    "A manifest is JSON, in which sealos finds no images.",
                    ChartRules::jsonUnread));

    private ChartRules() {}

    private static List<ContextFile> entries(ClusterImageLayout layout) {
        return layout.file(StandardDirectory.CHARTS).map(ContextFile::children).orElse(List.of());
    }

    private static List<ChartDirectory> charts(ClusterImageLayout layout) {
        return directories(layout).stream().filter(ChartDirectory::isChart).toList();
    }

    private static List<ChartDirectory> directories(ClusterImageLayout layout) {
        return entries(layout).stream()
                .filter(entry -> entry.kind() == ContextFile.Kind.DIRECTORY)
                .map(entry -> new ChartDirectory(entry))
                .toList();
    }

    static boolean isDirectoryWithoutChart(ClusterImageLayout layout, String path) {
        return directories(layout).stream().anyMatch(chart -> chart.path().equals(path) && !chart.isChart());
    }

    private static void withoutChartYaml(ClusterImageLayout layout, FindingSink findings) {
        for (ChartDirectory chart : directories(layout)) {
            if (!chart.isChart()) {
                findings.report(
                        chart.path(),
                        "the directory has no Chart.yaml, so it is not a chart",
                        "add its Chart.yaml, or put the directory somewhere else than charts");
            }
        }
    }

    private static void dependencyMissing(ClusterImageLayout layout, FindingSink findings) {
        for (ChartDirectory chart : charts(layout)) {
            for (Dependency dependency : chart.dependencies()) {
                if (!chart.has(dependency)) {
                    findings.report(
                            chart.path() + "/Chart.yaml",
                            "the dependency " + dependency.name() + " is not in " + chart.path() + "/charts",
                            "run 'helm dependency build " + chart.path() + "' before the build");
                }
            }
        }
    }

    private static void lockOutdated(ClusterImageLayout layout, FindingSink findings) {
        for (ChartDirectory chart : charts(layout)) {
            List<Dependency> wanted = chart.dependencies();
            Optional<List<Dependency>> locked = chart.locked();
            Optional<Dependency> unlocked = wanted.stream()
                    .filter(it -> locked.isPresent() && !isLocked(it, locked.get()))
                    .findFirst();
            unlocked.ifPresent(it -> findings.report(
                    chart.lockName(),
                    "the lock does not have the dependency " + it.name() + " " + it.version() + " of Chart.yaml",
                    "run 'helm dependency update " + chart.path() + "'"));
        }
    }

    private static boolean isLocked(Dependency wanted, List<Dependency> locked) {
        return locked.stream()
                .filter(it -> it.name().equals(wanted.name()))
                .anyMatch(it -> !wanted.isExact() || it.version().equals(wanted.version()));
    }

    private static void archiveIgnored(ClusterImageLayout layout, FindingSink findings) {
        for (ContextFile entry : entries(layout)) {
            if (entry.isFile() && entry.path().endsWith(".tar.gz")) {
                findings.report(
                        entry.path(),
                        "sealos takes charts as directories and .tgz files, and passes this one over",
                        "name it .tgz");
            }
        }
    }

    /** Reports the directory registry, which a COPY may also put below another directory. */
    private static void nestedRegistry(ContextFile file, FindingSink findings) {
        if (file.path().equals(".")) {
            RegistryPlace.reportSecond(file.layout(), findings);
        }
        if (file.kind() == ContextFile.Kind.DIRECTORY && file.path().endsWith(STORE)) {
            String directory = file.path().substring(0, file.path().length() - STORE.length());
            findings.report(
                    directory,
                    "the directory has saved images, and sealos copies only those of the top directory registry to the"
                            + " cluster's registry",
                    "move them to registry");
        }
    }

    private static void jsonUnread(ClusterImageLayout layout, FindingSink findings) {
        layout.images().occurrences().stream()
                .filter(it -> it.confidence().isSaved() && it.file().startsWith(StandardDirectory.MANIFESTS + "/"))
                .map(ImageOccurrence::file)
                .filter(file -> file.endsWith(".json"))
                .distinct()
                .forEach(file -> findings.report(
                        file,
                        "the manifest names images, and sealos reads none from JSON",
                        "write it as YAML, or list its images in a file of images/shim"));
    }
}
