package io.sealos.layout.internal.report;

import java.util.List;

/**
 * The parts of a report that a baseline needs.
 *
 * @param directories the directories of the report, relative to the common one
 * @param keys the rule, path and identity of each finding that no comment accepts
 */
public record KnownFindings(List<String> directories, List<List<String>> keys) {
    /** Copies the lists. */
    public KnownFindings {
        directories = List.copyOf(directories);
        keys = List.copyOf(keys);
    }
}
