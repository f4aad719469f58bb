package io.sealos.layout;

import java.util.List;

/**
 * What the rules found in one context directory, in the order of the rule table and, within a rule, of the files.
 *
 * <p>Immutable and thread-safe.
 */
public final class LayoutReport {
    private final List<Finding> findings;

    LayoutReport(List<Finding> findings) {
        this.findings = List.copyOf(findings);
    }

    /** {@return all findings; empty if there is nothing to say} */
    public List<Finding> findings() {
        return findings;
    }

    /** {@return whether a finding is an {@link Severity#ERROR}} */
    public boolean hasErrors() {
        return has(Severity.ERROR);
    }

    /**
     * {@return whether a finding is at least this severe}
     *
     * @param severity the least severity that counts
     */
    public boolean has(Severity severity) {
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(severity) >= 0);
    }

    /**
     * {@return this report, if it has no errors}
     *
     * @throws LayoutException with all findings, if one is an error
     */
    public LayoutReport orThrow() {
        return orThrow(Severity.ERROR);
    }

    /**
     * {@return this report, if no finding is that severe}
     *
     * @param severity the least severity that is refused
     * @throws LayoutException with all findings, if one is at least that severe
     */
    public LayoutReport orThrow(Severity severity) {
        if (has(severity)) {
            throw new LayoutException(this);
        }
        return this;
    }
}
