package io.sealos.layout;

import io.sealos.kubefile.SourceRange;
import java.util.List;

/** Collects what one rule finds, under the name of that rule. */
final class FindingSink {
    private final LayoutRule rule;
    private final List<Finding> findings;

    FindingSink(LayoutRule rule, List<Finding> findings) {
        this.rule = rule;
        this.findings = findings;
    }

    void report(String path, String message, String fix) {
        findings.add(Finding.at(rule, path, message, fix));
    }

    void report(String path, SourceRange range, String message, String fix) {
        findings.add(Finding.at(rule, path, range, message, fix));
    }
}
