package io.sealos.layout;

import io.sealos.internal.text.Printable;
import io.sealos.layout.internal.report.JsonReport;
import io.sealos.layout.internal.report.KnownFindings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The findings of an earlier report, which are identified by rule, path and {@linkplain Finding#identity() identity},
 * with the number of equal ones.
 *
 * @param name the name of the file
 * @param directories the directories of the earlier report, relative to the common one
 * @param known the findings
 */
record Baseline(String name, List<String> directories, Map<List<String>, Long> known) {
    static final Baseline EMPTY = new Baseline("", List.of(), Map.of());

    private static final int MOST_LISTED = 3;

    static Baseline read(Path jsonReport) throws IOException {
        KnownFindings report = JsonReport.read(jsonReport);
        return new Baseline(
                jsonReport.toString(),
                report.directories(),
                report.keys().stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    /** {@return a predicate for the findings of one report, which is true for as many equal findings as there were} */
    Predicate<Finding> acceptor() {
        Map<List<String>, Long> left = new HashMap<>(known);
        return finding -> {
            List<String> key = List.of(finding.ruleId(), finding.path(), finding.identity());
            long count = left.getOrDefault(key, 0L);
            left.put(key, count - 1);
            return count > 0;
        };
    }

    /**
     * {@return what to say about a report of which no finding is in this baseline; empty if the baseline is empty}
     *
     * @param reported the directories of that report
     */
    Optional<String> unused(List<String> reported) {
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String nothing = "the baseline " + Printable.of(name) + " accepts nothing: ";
        return Optional.of(
                Collections.disjoint(directories, reported)
                        ? nothing + "its paths begin at another directory, because it is of " + listed(directories)
                                + " and this report of " + listed(reported)
                                + "; write it from a report with the same root"
                        : nothing + "none of its findings is in this report; remove it if they are mended, or write it"
                                + " from a report with the same root");
    }

    private static String listed(List<String> directories) {
        String first = directories.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
        int more = directories.size() - MOST_LISTED;
        return Printable.of(more > 0 ? first + " and " + more + " more" : first);
    }
}
