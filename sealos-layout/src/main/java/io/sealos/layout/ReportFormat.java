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
    SARIF,
    /**
     * A line with the number of findings by severity and a table, such as for the summary of a job or a comment on a
     * pull request. Texts are in code spans. Code hosts limit the size of a comment, such as to 65,536 characters.
     */
    MARKDOWN
}
