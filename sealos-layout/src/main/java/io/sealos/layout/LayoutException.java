package io.sealos.layout;

import io.sealos.SealosException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a report has findings of a severity that the caller refuses. The exception has the report.
 *
 * @since 0.1.0
 */
public final class LayoutException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final LayoutReport report;
    private final Severity severity;

    /**
     * Creates an exception.
     *
     * @param severity the lowest severity that is refused
     */
    LayoutException(LayoutReport report, Severity severity) {
        super(message(report));
        this.report = report;
        this.severity = severity;
    }

    /** {@return the report} */
    public LayoutReport report() {
        return report;
    }

    /** {@return the place, message and fix of each finding that is refused; the message has all findings} */
    @Override
    public List<Part> parts() {
        return report.findings().stream()
                .filter(finding -> finding.severity().compareTo(severity) >= 0)
                .map(finding -> new Part(finding.place(), finding.message(), finding.fix()))
                .toList();
    }

    private static String message(LayoutReport report) {
        return report.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
