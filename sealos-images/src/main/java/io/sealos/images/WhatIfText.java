package io.sealos.images;

import static io.sealos.internal.text.Markdown.code;

import io.sealos.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the images that other values would need, for people. */
final class WhatIfText {
    private WhatIfText() {}

    static String text(WhatIf whatIf) {
        StringBuilder text = new StringBuilder();
        for (ChartSwitch it : whatIf.switches()) {
            text.append(it + " would add" + onTopOf(it) + "\n");
            it.images().forEach(image -> text.append("  " + image + "\n"));
        }
        whatIf.undetermined()
                .forEach(it -> text.append(it + " is not determined" + onTopOf(it) + ": " + reason(it) + "\n"));
        whatIf.leftOut().forEach(it -> text.append(Printable.message(it) + "\n"));
        return text.append(summary(whatIf) + "\n").toString();
    }

    static String markdown(WhatIf whatIf) {
        StringBuilder text = new StringBuilder("**" + summary(whatIf) + "**\n");
        if (!whatIf.switches().isEmpty()) {
            text.append("\n| value | place | would add |\n|---|---|---|\n");
        }
        for (ChartSwitch it : whatIf.switches()) {
            String images =
                    it.images().stream().map(image -> code(image.toString())).collect(Collectors.joining(", "));
            text.append("| " + code(option(it)) + onTopOf(it).replace("|", "\\|") + " | "
                    + code(it.file() + ":" + it.line()) + " | " + images + " |\n");
        }
        List<String> others = new ArrayList<>();
        whatIf.undetermined().forEach(it -> others.add(it + " is not determined: " + reason(it)));
        others.addAll(whatIf.leftOut());
        text.append(others.isEmpty() ? "" : "\n");
        others.forEach(it -> text.append("- `" + Printable.message(it).replace('`', '\'') + "`\n"));
        return text.toString();
    }

    private static String option(ChartSwitch choice) {
        return choice.setting().option().flag() + " " + choice.setting().argument();
    }

    private static String reason(ChartSwitch choice) {
        return Printable.message(choice.failure().orElse(""));
    }

    /** {@return the other values, unless they are those of the chart itself} */
    private static String onTopOf(ChartSwitch choice) {
        boolean own = choice.scenarios().equals(List.of("defaults"));
        return own ? "" : Printable.of(" with the values of " + String.join(", ", choice.scenarios()));
    }

    static String summary(WhatIf whatIf) {
        int adding = whatIf.switches().size();
        int undetermined = whatIf.undetermined().size();
        return "switches: " + whatIf.tried() + " tried, " + adding + " would add images, " + undetermined
                + " not determined, " + (whatIf.tried() - adding - undetermined) + " add nothing"
                + (whatIf.isComplete() ? "" : ", others not tried");
    }
}
