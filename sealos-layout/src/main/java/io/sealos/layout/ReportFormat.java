package io.sealos.layout;

/** The formats in which a {@link LayoutReport} can be written. */
public enum ReportFormat {
    /** Text for people: each finding with its line, carets under the place, and the fix. */
    TEXT,
    /** One JSON object with {@code findings} and {@code suppressed}; it also serves as a baseline. */
    JSON,
    /** SARIF 2.1.0 of OASIS, which code hosts and editors show beside the lines. */
    SARIF
}
