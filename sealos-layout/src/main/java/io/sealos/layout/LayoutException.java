package io.sealos.layout;

import java.util.stream.Collectors;

/** Thrown where the caller asked for a directory without findings of some severity and there are some. */
public final class LayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final LayoutReport report;

    LayoutException(LayoutReport report) {
        super(message(report));
        this.report = report;
    }

    /** {@return the whole report} */
    public LayoutReport report() {
        return report;
    }

    private static String message(LayoutReport report) {
        return report.findings().stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
