package io.sealos.layout.internal.rule;

import io.sealos.layout.LayoutRule;
import java.util.List;
import java.util.stream.Stream;

/** The table of all rules. Each rule has a page with its id as the name in {@code docs/rules}. */
public final class StandardRules {
    /** The rule that reports the gaps of the inventory; a comment with its id accepts them. */
    public static final String GAPS = "images-unreadable";

    /** The rules in the order of the table. */
    public static final List<LayoutRule> ALL = Stream.of(
                    BuildFileRules.ALL,
                    ImageRules.ALL,
                    ScanRules.ALL,
                    ImageListRules.ALL,
                    ListRules.ALL,
                    CommandRules.ALL,
                    ShellRules.ALL,
                    NeedRules.ALL,
                    EnvironmentRules.ALL,
                    LabelRules.ALL,
                    RootfsRules.ALL,
                    ChartRules.ALL,
                    TemplateRules.ALL,
                    ScriptRules.ALL,
                    FileRules.ALL,
                    SecretRules.ALL)
            .flatMap(List::stream)
            .toList();

    private StandardRules() {}
}
