package io.sealos.layout;

/**
 * The formats in which a {@link LayoutReport} can be written.
 *
 * @since 0.1.0
 */
public enum ReportFormat {
    /** Human-readable text, with the line, carets below the place, and the fix of each finding. */
    TEXT,
    /** A JSON object with {@code findings} and {@code suppressed}, which can also be used as a baseline. */
    JSON,
    /** SARIF 2.1.0 of OASIS, the results of which code hosts and editors show beside the lines. */
    SARIF
}
