package io.sealos.layout;

import io.sealos.layout.internal.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The findings of an earlier report, which are identified by rule, path and message, with the number of equal ones. */
record Baseline(Map<List<String>, Long> known) {
    static final Baseline EMPTY = new Baseline(Map.of());

    static Baseline read(Path jsonReport) throws IOException {
        return new Baseline(JsonReport.readKeys(jsonReport).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    /** {@return a predicate for the findings of one report, which is true for as many equal findings as there were} */
    Predicate<Finding> acceptor() {
        Map<List<String>, Long> left = new HashMap<>(known);
        return finding -> {
            List<String> key = List.of(finding.ruleId(), finding.path(), finding.message());
            long count = left.getOrDefault(key, 0L);
            left.put(key, count - 1);
            return count > 0;
        };
    }
}
