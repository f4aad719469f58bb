package io.sealos.layout.internal.report;

import io.sealos.internal.text.Count;
import io.sealos.layout.Finding;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report for people: each finding with its line, carets below the place, and the fix, then a summary. */
public final class TextReport {
    private TextReport() {}

    /**
     * Writes the findings, the notices, and a line with the number of findings by severity.
     *
     * @param accepted the number of findings that are not reported because they are accepted
     * @throws IOException if {@code out} fails
     */
    public static void write(List<Finding> findings, int accepted, List<String> notices, Appendable out)
            throws IOException {
        for (Finding finding : findings) {
            write(finding, out);
        }
        for (String notice : notices) {
            out.append("notice: ").append(notice).append('\n');
        }
        out.append(summary(findings, accepted)).append('\n');
    }

    /** {@return the number of findings by severity, on one line} */
    public static String summary(List<Finding> findings, int accepted) {
        return sum(findings) + (accepted == 0 ? "" : "; accepted: " + accepted);
    }

    private static void write(Finding finding, Appendable out) throws IOException {
        String place = finding.range().map(range -> ":" + range.start()).orElse("");
        out.append(finding.path() + place + ": " + word(finding.severity()) + ": " + finding.message() + " ["
                + finding.ruleId() + "]\n");
        if (finding.range().isPresent()) {
            out.append(finding.range().get().snippet().indent(4));
        }
        out.append("    fix: ").append(finding.fix()).append("\n\n");
    }

    private static String sum(List<Finding> findings) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            if (count > 0) {
                counts.add(severity == Severity.INFO ? count + " info" : Count.of(count, word(severity)));
            }
        }
        return counts.isEmpty() ? "nothing found" : "found: " + String.join(", ", counts);
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
