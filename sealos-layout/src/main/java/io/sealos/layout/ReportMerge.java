package io.sealos.layout;

import io.sealos.images.ScanProblem;
import io.sealos.internal.overlay.ReportedPath;
import io.sealos.kubefile.SourceRange;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Merges the reports of several directories, in the order of their paths. Everything is kept once, also if the report
 * of a directory and that of one within it have it: then that of the inner one is kept.
 */
final class ReportMerge {
    /** Something that a report has, with the directory that the report is about. */
    private record Reported<T>(String directory, T item) {}

    private final Map<String, LayoutRule> rules = new LinkedHashMap<>();
    private final Set<Reported<Finding>> findings = new LinkedHashSet<>();
    private final Set<Reported<SuppressedFinding>> suppressed = new LinkedHashSet<>();
    private final Set<Reported<ScanProblem>> gaps = new LinkedHashSet<>();
    private final Set<String> directories = new LinkedHashSet<>();
    private final Set<String> notices = new LinkedHashSet<>();

    private ReportMerge() {}

    static LayoutReport merge(Path root, Map<Path, LayoutReport> reports) {
        ReportMerge merge = new ReportMerge();
        reports.entrySet().stream()
                .sorted(Comparator.<Map.Entry<Path, LayoutReport>, String>comparing(
                                it -> ReportedPath.of(root, it.getKey()))
                        .thenComparing(it -> it.getKey().toString()))
                .forEach(it -> merge.add(ReportedPath.of(root, it.getKey()), it.getValue()));
        return merge.merged();
    }

    private void add(String directory, LayoutReport report) {
        report.directories().forEach(it -> directories.add(ReportedPath.within(directory, it)));
        report.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        notices.addAll(report.notices());
        for (Finding finding : report.findings()) {
            findings.add(new Reported<>(owner(directory, report, finding.path()), finding.within(directory)));
        }
        for (SuppressedFinding accepted : report.suppressed()) {
            String path = accepted.finding().path();
            suppressed.add(new Reported<>(owner(directory, report, path), accepted.within(directory)));
        }
        for (ScanProblem gap : report.gaps()) {
            String owner = owner(directory, report, gap.file());
            gaps.add(new Reported<>(owner, directory.isEmpty() ? gap : gap.within(directory)));
        }
    }

    /** {@return the directory that a report is about; of a merged one, the one that has a file} */
    private static String owner(String directory, LayoutReport report, String path) {
        return ReportedPath.within(directory, ReportedPath.innermost(report.directories(), path));
    }

    private LayoutReport merged() {
        Map<List<String>, String> innermost = new LinkedHashMap<>();
        findings.forEach(it -> note(innermost, key(it.item()), it.directory()));
        suppressed.forEach(it -> note(innermost, key(it.item().finding()), it.directory()));
        Map<List<String>, String> innermostGaps = new LinkedHashMap<>();
        gaps.forEach(it -> note(innermostGaps, key(it.item()), it.directory()));
        return new LayoutReport(
                List.copyOf(rules.values()),
                kept(findings, innermost, this::key).sorted(Finding.ORDER).toList(),
                kept(suppressed, innermost, it -> key(it.finding()))
                        .sorted(SuppressedFinding.ORDER)
                        .toList(),
                kept(gaps, innermostGaps, this::key).toList(),
                new LayoutReport.Origin(null, List.copyOf(directories), List.copyOf(notices)));
    }

    private static void note(Map<List<String>, String> innermost, List<String> key, String directory) {
        innermost.merge(key, directory, (one, other) -> depth(other) > depth(one) ? other : one);
    }

    private static int depth(String directory) {
        return directory.equals(ReportedPath.SINGLE) ? 0 : directory.length();
    }

    private static <T> Stream<T> kept(
            Set<Reported<T>> all, Map<List<String>, String> innermost, Function<T, List<String>> key) {
        return all.stream()
                .filter(it -> it.directory().equals(innermost.get(key.apply(it.item()))))
                .map(Reported::item)
                .distinct();
    }

    private List<String> key(Finding finding) {
        SourceRange range = finding.range().orElse(null);
        String place = range == null ? "" : range.start() + "-" + range.end();
        return List.of(finding.ruleId(), finding.path(), place, withoutDirectories(finding.path(), finding.message()));
    }

    private List<String> key(ScanProblem gap) {
        return List.of(
                gap.kind().name(),
                gap.file(),
                String.valueOf(gap.line()),
                withoutDirectories(gap.file(), gap.message()));
    }

    /** {@return a message about a file, with paths relative to the innermost directory that has the file} */
    private String withoutDirectories(String file, String message) {
        String inner = ReportedPath.innermost(directories, file);
        String same = message;
        for (String rest = inner + "/"; rest.length() > 1; rest = rest.substring(rest.indexOf('/') + 1)) {
            same = same.replace(rest, "");
        }
        return same;
    }
}
