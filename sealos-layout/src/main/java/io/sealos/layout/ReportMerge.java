package io.sealos.layout;

import io.sealos.images.ScanProblem;
import io.sealos.internal.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Merges the reports of several directories, in the order of their paths. */
final class ReportMerge {
    private static final Comparator<SuppressedFinding> ACCEPTED =
            Comparator.comparing(SuppressedFinding::finding, Finding.ORDER);

    private final Map<String, LayoutRule> rules = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<SuppressedFinding> suppressed = new ArrayList<>();
    private final List<ScanProblem> gaps = new ArrayList<>();

    private ReportMerge() {}

    static LayoutReport merge(Path root, Map<Path, LayoutReport> reports) {
        Map<String, LayoutReport> sorted = new TreeMap<>();
        reports.forEach((directory, report) -> sorted.put(relative(root, directory), report));
        ReportMerge merge = new ReportMerge();
        sorted.forEach(merge::add);
        merge.findings.sort(Finding.ORDER);
        merge.suppressed.sort(ACCEPTED);
        return new LayoutReport(List.copyOf(merge.rules.values()), merge.findings, merge.suppressed, null, merge.gaps);
    }

    /** {@return the path with slashes; empty for the root itself} */
    private static String relative(Path root, Path directory) {
        Path from = root.toAbsolutePath().normalize();
        Path to = directory.toAbsolutePath().normalize();
        if (!to.startsWith(from)) {
            throw new IllegalArgumentException(Printable.of(directory.toString()) + " is not below "
                    + Printable.of(root.toString()) + "; name a directory that contains both");
        }
        Path relative = from.relativize(to);
        return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
    }

    private void add(String directory, LayoutReport report) {
        report.rules().forEach(rule -> rules.putIfAbsent(rule.id(), rule));
        report.findings().forEach(it -> findings.add(it.within(directory)));
        report.suppressed().forEach(it -> suppressed.add(it.within(directory)));
        report.gaps().forEach(it -> gaps.add(directory.isEmpty() ? it : it.within(directory)));
    }
}
