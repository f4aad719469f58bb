package io.sealos.layout;

import io.sealos.images.ScanProblem;
import io.sealos.kubefile.SourceRange;
import io.sealos.layout.LayoutReport.Origin;
import io.sealos.layout.internal.rule.ChartPlace;
import io.sealos.layout.internal.rule.StandardRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Separates the findings that are accepted by a comment with a reason in the file, or by the baseline, from the rest.
 */
final class Suppressions {
    private final ClusterImageLayout layout;
    private final List<LayoutRule> rules;
    private final Baseline baseline;
    private final Map<String, IgnoreComments> comments = new LinkedHashMap<>();

    private Suppressions(ClusterImageLayout layout, List<LayoutRule> rules, Baseline baseline) {
        this.layout = layout;
        this.rules = rules;
        this.baseline = baseline;
    }

    static Suppressions of(ClusterImageLayout layout, List<LayoutRule> rules, Baseline baseline) {
        return new Suppressions(layout, rules, baseline);
    }

    LayoutReport apply(List<Finding> all) {
        List<Finding> reported = new ArrayList<>();
        List<SuppressedFinding> suppressed = new ArrayList<>();
        Predicate<Finding> known = baseline.acceptor();
        for (Finding finding : all) {
            Optional<String> reason = reason(finding);
            if (reason.isPresent() || known.test(finding)) {
                suppressed.add(new SuppressedFinding(finding, reason.orElse(null)));
            } else {
                reported.add(finding);
            }
        }
        Origin origin = Origin.of(layout.kubefile().orElse(null));
        Optional<String> notice = suppressed.stream().allMatch(it -> it.reason().isPresent())
                ? baseline.unused(origin.directories())
                : Optional.empty();
        return new LayoutReport(rules, reported, suppressed, openGaps(), origin.withNotice(notice));
    }

    /** {@return the gaps of the inventory that no comment accepts, whether or not the rule about them is enabled} */
    private List<ScanProblem> openGaps() {
        return layout.images().gaps().stream()
                .filter(gap -> reason(gap).isEmpty())
                .toList();
    }

    private Optional<String> reason(ScanProblem gap) {
        ChartPlace place = ChartPlace.of(layout, gap);
        return reason(
                StandardRules.GAPS,
                place.path(),
                place.range() == null ? gap.line() : place.range().start().line());
    }

    private Optional<String> reason(Finding finding) {
        @Nullable SourceRange range = finding.range().orElse(null);
        return reason(
                finding.ruleId(),
                finding.path(),
                range == null ? 0 : range.start().line());
    }

    /**
     * {@return the reason in a comment of the file or, for files that have no comments, at the head of the build file}
     */
    private Optional<String> reason(String ruleId, String path, int line) {
        Optional<String> own = commentsOf(path).reason(ruleId, line);
        return own.isPresent()
                ? own
                : layout.buildFiles().stream()
                        .findFirst()
                        .flatMap(file -> commentsOf(layout.pathOf(file)).reason(ruleId, 0));
    }

    private IgnoreComments commentsOf(String path) {
        return comments.computeIfAbsent(
                path,
                it -> IgnoreComments.of(layout.file(it).map(ContextFile::lines).orElse(List.of())));
    }
}
