package io.sealos.layout.internal.report;

import static io.sealos.internal.text.Markdown.code;

import io.sealos.internal.overlay.ReportedPath;
import io.sealos.layout.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes a report as a table in Markdown. All texts are in code spans, in which nothing of them is markup. */
public final class MarkdownReport {
    private MarkdownReport() {}

    /**
     * Writes a line with the number of findings by severity, the notices, and a table with a row for each finding. If
     * there are several directories, the table has a column for them, and the places are relative to them.
     *
     * @param accepted the number of findings that are not reported because they are accepted
     * @param directories the directories of the report
     * @throws IOException if {@code out} fails
     */
    public static void write(
            List<Finding> findings, int accepted, List<String> directories, List<String> notices, Appendable out)
            throws IOException {
        out.append("**" + TextReport.summary(findings, accepted) + "**\n");
        for (String notice : notices) {
            out.append("\nNotice: " + code(notice) + "\n");
        }
        if (findings.isEmpty()) {
            return;
        }
        boolean several = directories.size() > 1;
        out.append("\n| severity | " + (several ? "directory | " : "") + "place | problem | fix | rule |\n");
        out.append("|---|---|---|---|---|" + (several ? "---|" : "") + "\n");
        for (Finding finding : findings) {
            out.append("| " + finding.severity().name().toLowerCase(Locale.ROOT) + " | "
                    + (several ? placeIn(directories, finding) : code(finding.path() + position(finding))) + " | "
                    + code(finding.message()) + " | " + code(finding.fix()) + " | " + code(finding.ruleId()) + " |\n");
        }
    }

    private static String placeIn(List<String> directories, Finding finding) {
        String directory = ReportedPath.innermost(directories, finding.path());
        return code(directory) + " | " + code(ReportedPath.below(directory, finding.path()) + position(finding));
    }

    private static String position(Finding finding) {
        return finding.range().map(range -> ":" + range.start()).orElse("");
    }
}
