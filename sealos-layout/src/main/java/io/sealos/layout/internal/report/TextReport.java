package io.sealos.layout.internal.report;

import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as people read it: what and where, the line with carets, and the fix; a sum at the end. */
public final class TextReport {
    private TextReport() {}

    public static void write(LayoutReport report, Appendable out) throws IOException {
        for (Finding finding : report.findings()) {
            write(finding, out);
        }
        out.append(sum(report)).append('\n');
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

    private static String sum(LayoutReport report) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
            long count = report.findings().stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            if (count > 0) {
                counts.add(count + " " + word(severity) + (count == 1 || severity == Severity.INFO ? "" : "s"));
            }
        }
        String found = counts.isEmpty() ? "nothing found" : "found: " + String.join(", ", counts);
        int suppressed = report.suppressed().size();
        return suppressed == 0 ? found : found + "; accepted: " + suppressed;
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
