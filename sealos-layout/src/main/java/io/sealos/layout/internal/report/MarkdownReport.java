package io.sealos.layout.internal.report;

import io.sealos.internal.text.Printable;
import io.sealos.layout.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes a report as a table in Markdown. All texts are in code spans, in which nothing of them is markup. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * Writes a line with the number of findings by severity, and a table with a row for each finding.
     *
     * @param accepted the number of findings that are not reported because they are accepted
     * @throws IOException if {@code out} fails
     */
    public static void write(List<Finding> findings, int accepted, Appendable out) throws IOException {
        out.append("**" + TextReport.summary(findings, accepted) + "**\n");
        if (findings.isEmpty()) {
            return;
        }
        out.append("\n| severity | place | problem | fix | rule |\n|---|---|---|---|---|\n");
        for (Finding finding : findings) {
            String place = finding.path()
                    + finding.range().map(range -> ":" + range.start()).orElse("");
            out.append("| " + finding.severity().name().toLowerCase(Locale.ROOT) + " | " + code(place) + " | "
                    + code(finding.message()) + " | " + code(finding.fix()) + " | " + code(finding.ruleId()) + " |\n");
        }
    }

    /** {@return a text as a code span in a cell of a table} */
    private static String code(String text) {
        return "`" + Printable.message(text).replace('`', '\'').replace("|", "\\|") + "`";
    }
}
