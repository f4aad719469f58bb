package io.sealos.oci.testing;

import io.sealos.images.ScanProblem;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.Severity;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/**
 * Assertions for {@link LayoutReport}.
 *
 * @since 0.1.0
 */
public final class ReportAssert extends AbstractAssert<ReportAssert, LayoutReport> {
    ReportAssert(LayoutReport actual) {
        super(actual, ReportAssert.class);
    }

    /**
     * Verifies that there are no findings.
     *
     * @return this assertion object
     */
    public ReportAssert hasNoFindings() {
        return hasNoFindings(Severity.INFO);
    }

    /**
     * Verifies that there are no findings of the given severity or a higher one.
     *
     * @param severity the lowest severity that counts
     * @return this assertion object
     */
    public ReportAssert hasNoFindings(Severity severity) {
        isNotNull();
        Assertions.assertThat(actual.findings())
                .filteredOn(finding -> finding.severity().compareTo(severity) >= 0)
                .as("findings of the severity " + severity + " or a higher one")
                .isEmpty();
        return this;
    }

    /**
     * Verifies that the rule with the given id has a finding.
     *
     * @param ruleId the id of the rule, such as {@code copy-source-missing}
     * @return this assertion object
     */
    public ReportAssert hasFinding(String ruleId) {
        isNotNull();
        Assertions.assertThat(actual.findings())
                .extracting(Finding::ruleId)
                .as("rules that found something")
                .contains(ruleId);
        return this;
    }

    /**
     * Verifies that the rule with the given id has a finding at the given place.
     *
     * @param ruleId the id of the rule, such as {@code copy-source-missing}
     * @param place the file, such as {@code Kubefile}, or the file with a line, such as {@code Kubefile:3}
     * @return this assertion object
     */
    public ReportAssert hasFinding(String ruleId, String place) {
        isNotNull();
        Assertions.assertThat(actual.findings())
                .as("a finding of " + ruleId + " at " + place)
                .anyMatch(finding -> finding.ruleId().equals(ruleId)
                        && (finding.path().equals(place) || placeOf(finding).equals(place)));
        return this;
    }

    /**
     * Verifies that a comment or a baseline accepts a finding of the rule with the given id.
     *
     * @param ruleId the id of the rule
     * @return this assertion object
     */
    public ReportAssert hasAccepted(String ruleId) {
        isNotNull();
        Assertions.assertThat(actual.suppressed())
                .extracting(accepted -> accepted.finding().ruleId())
                .as("rules with accepted findings")
                .contains(ruleId);
        return this;
    }

    /**
     * Verifies that the scan has a gap whose description contains the given text.
     *
     * @param part a part of the place or of the message, such as {@code charts/app}
     * @return this assertion object
     */
    public ReportAssert hasGap(String part) {
        isNotNull();
        Assertions.assertThat(actual.gaps())
                .extracting(ScanProblem::toString)
                .as("gaps of the scan")
                .anyMatch(gap -> gap.contains(part));
        return this;
    }

    private static String placeOf(Finding finding) {
        return finding.path()
                + finding.range().map(range -> ":" + range.start().line()).orElse("");
    }
}
