package io.sealos.layout;

import io.sealos.images.ScanProblem;
import io.sealos.internal.overlay.ReportedPath;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Merges the reports of several directories, in the order of their paths. Everything is kept once. */
final class ReportMerge {
    private final Map<String, LayoutRule> rules = new LinkedHashMap<>();
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<SuppressedFinding> suppressed = new LinkedHashSet<>();
    private final Set<ScanProblem> gaps = new LinkedHashSet<>();

    private final Set<String> directories = new LinkedHashSet<>();

    private ReportMerge() {}

    static LayoutReport merge(Path root, Map<Path, LayoutReport> reports) {
        ReportMerge merge = new ReportMerge();
        reports.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Path, LayoutReport>, String>comparing(
                                it -> ReportedPath.of(root, it.getKey()))
                        .thenComparing(it -> it.getKey().toString()))
                .forEach(it -> merge.add(ReportedPath.of(root, it.getKey()), it.getValue()));
        return new LayoutReport(
                List.copyOf(merge.rules.values()),
                merge.findings.stream().sorted(Finding.ORDER).toList(),
                merge.suppressed.stream().sorted(SuppressedFinding.ORDER).toList(),
                List.copyOf(merge.gaps),
                new LayoutReport.Origin(null, List.copyOf(merge.directories)));
    }

    private void add(String directory, LayoutReport report) {
        report.directories().forEach(it -> directories.add(ReportedPath.within(directory, it)));
        report.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        report.findings().forEach(it -> findings.add(it.within(directory)));
        report.suppressed().forEach(it -> suppressed.add(it.within(directory)));
        report.gaps().forEach(it -> gaps.add(directory.isEmpty() ? it : it.within(directory)));
    }
}
