package io.sealos.layout.internal.rule;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.sealos.images.ScanProblem;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.StandardDirectory;
import io.sealos.kubefile.BuildFiles;
import io.sealos.layout.ClusterImageLayout;
import io.sealos.layout.ContextFile;
import io.sealos.layout.FindingSink;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.Severity;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules about gaps and doubts in the inventory of images. */
final class ScanRules {
    static final List<LayoutRule> ALL = List.of(
            LayoutRule.of(
                    StandardRules.GAPS,
                    Severity.WARNING,
                    "Images that the application runs may be missing: a manifest, chart, list or address was not read.",
                    ScanRules::unreadable),
            LayoutRule.of(
                    "images-assumed",
                    Severity.INFO,
                    "A command gives Helm a value that is known only at the site, so other images may run there.",
                    ScanRules::assumed),
            LayoutRule.of(
                    "chart-kubernetes-version",
                    Severity.INFO,
                    "A chart refuses the version of Kubernetes that it is checked for.",
                    ScanRules::otherKubernetes),
            LayoutRule.of(
                    "chart-schema-elsewhere",
                    Severity.WARNING,
                    "A chart's schema of values refers to an address, which Helm wants to reach at the site.",
                    ScanRules::schemaElsewhere));

    private ScanRules() {}

    private static Stream<ScanProblem> problems(ClusterImageLayout layout, Kind kind) {
        return layout.images().problems().stream().filter(problem -> problem.kind() == kind);
    }

    private static void unreadable(ClusterImageLayout layout, FindingSink findings) {
        Set<String> reasons = new LinkedHashSet<>();
        layout.images().problems().stream()
                .filter(problem ->
                        problem.isGap() || problem.kind() == Kind.READ_IN_PART || problem.kind() == Kind.VALUES_REFUSED)
                .filter(problem -> !isReportedElsewhere(layout, problem))
                .filter(problem -> !isOfChart(problem) || reasons.add(problem.file() + reason(problem)))
                .forEach(problem -> report(layout, findings, problem, problem.message(), problem.fix()));
    }

    private static boolean isOfChart(ScanProblem problem) {
        return problem.kind() == Kind.NOT_RENDERED || problem.kind() == Kind.VALUES_REFUSED;
    }

    /** {@return the message from the first colon on, which is equal for one error with several values of a chart} */
    private static String reason(ScanProblem problem) {
        return problem.message().substring(Math.max(0, problem.message().indexOf(": ")));
    }

    /** {@return whether a rule about lists, templates, charts, build files or missing files reports the problem} */
    private static boolean isReportedElsewhere(ClusterImageLayout layout, ScanProblem problem) {
        String file = problem.file();
        boolean shim = file.startsWith(StandardDirectory.SHIM + "/")
                && problem.kind() == Kind.UNREAD
                && layout.file(file).flatMap(ContextFile::text).isPresent();
        boolean template = file.endsWith("/" + Templates.SUFFIX);
        boolean buildFile =
                BuildFiles.NAMES.contains(file) && layout.evaluation().isEmpty();
        return shim
                || template
                || buildFile
                || ChartRules.isDirectoryWithoutChart(layout, file)
                || isOfMissingFile(layout, problem);
    }

    /**
     * {@return whether the command of the gap needs a missing file, which command-file-missing or init-not-run reports}
     */
    private static boolean isOfMissingFile(ClusterImageLayout layout, ScanProblem problem) {
        return problem.kind() == Kind.UNREAD
                && layout.images().commandNeeds().stream()
                        .filter(need -> !need.isThere() && need.path().isPresent())
                        .anyMatch(need -> need.file().equals(problem.file())
                                && need.line() == problem.line()
                                && problem.message().contains("'" + need.name() + "'"));
    }

    /** Reports a command once, regardless of the number of such values. */
    private static void assumed(ClusterImageLayout layout, FindingSink findings) {
        Map<String, List<ScanProblem>> commands = problems(layout, Kind.ASSUMED)
                .collect(groupingBy(it -> it.file() + ":" + it.line(), LinkedHashMap::new, toList()));
        for (List<ScanProblem> problems : commands.values()) {
            report(
                    layout,
                    findings,
                    problems.get(0),
                    problems.stream().map(ScanProblem::message).collect(joining("; ")),
                    problems.get(0).fix());
        }
    }

    private static void otherKubernetes(ClusterImageLayout layout, FindingSink findings) {
        problems(layout, Kind.OTHER_KUBERNETES)
                .distinct()
                .forEach(problem -> report(
                        layout,
                        findings,
                        problem,
                        problem.message() + "; Helm does not install it on a cluster of a version that it excludes",
                        problem.fix()));
    }

    private static void schemaElsewhere(ClusterImageLayout layout, FindingSink findings) {
        problems(layout, Kind.NEEDS_NETWORK)
                .distinct()
                .forEach(problem -> report(
                        layout,
                        findings,
                        problem,
                        problem.message() + ", which Helm fetches when it installs the chart, and fails without",
                        "put what it refers to into the schema, or give the command --skip-schema-validation"));
    }

    private static void report(
            ClusterImageLayout layout, FindingSink findings, ScanProblem problem, String message, String fix) {
        ChartPlace place = ChartPlace.of(layout, problem);
        if (place.range() != null) {
            findings.report(place.path(), place.range(), message, fix);
        } else {
            findings.report(place.path(), message, fix);
        }
    }
}
