package io.sealos.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a context directory by rules that know what sealos does with it.
 *
 * <p>Findings are a report, never an exception. Immutable and thread-safe.
 */
public final class LayoutValidator {
    private final List<LayoutRule> rules;

    private LayoutValidator(List<LayoutRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** {@return the validator with all rules of this module} */
    public static LayoutValidator standard() {
        return new LayoutValidator(StandardRules.ALL);
    }

    /**
     * {@return what the rules find in a directory, whose manifests and charts are read and rendered for it}
     *
     * @param contextDirectory the directory with the Kubefile
     * @throws IOException if the directory cannot be read
     */
    public LayoutReport validate(Path contextDirectory) throws IOException {
        return validate(ClusterImageLayout.open(contextDirectory));
    }

    /**
     * {@return what the rules find in a layout that is already open}
     *
     * @param layout the layout
     */
    public LayoutReport validate(ClusterImageLayout layout) {
        List<Finding> findings = new ArrayList<>();
        rules.forEach(rule -> rule.findIn(layout, new FindingSink(rule, findings)));
        return new LayoutReport(findings);
    }
}
