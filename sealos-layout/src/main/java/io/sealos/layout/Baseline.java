package io.sealos.layout;

import io.sealos.layout.internal.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The findings of an earlier report, which are identified by rule, path and message. */
record Baseline(Set<List<String>> known) {
    static final Baseline EMPTY = new Baseline(Set.of());

    static Baseline read(Path jsonReport) throws IOException {
        return new Baseline(Set.copyOf(JsonReport.readKeys(jsonReport)));
    }

    boolean has(Finding finding) {
        return known.contains(List.of(finding.ruleId(), finding.path(), finding.message()));
    }
}
