package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against references that were recorded from real charts and contexts; skipped where the records are not at hand. */
class ConformanceTests {
    /** Placeholders that kustomizations replace; no registry has them, so they are shown and not saved. */
    private static final String REPLACED = "crunchy-postgres-operator/v5.2.0 docker.io/library/postgres-operator";

    /** It installs by kustomize from a directory that is not among the records. */
    private static final String NOT_RECORDED = "crunchy-postgres-operator/v5.3.1 ";

    @TempDir
    private Path work;

    private ConformanceScore score = new ConformanceScore(Path.of(""), Path.of(""));

    @BeforeEach
    void findRecords() {
        Path records = ConformanceScore.records().orElse(null);
        assumeTrue(records != null, "no recorded images");
        score = new ConformanceScore(records, work);
    }

    @Test
    void findsEveryRecordedReferenceWhenChartsAreRendered() throws IOException {
        score.charts();
        assertThat(score.problems()).isEmpty();
        assertThat(score.kinds())
                .containsExactlyInAnyOrder("args", "container", "cr", "env", "hook", "split", "testhook")
                .allSatisfy(kind -> assertThat(score.missing(kind)).isEmpty());
    }

    @Test
    void findsWhatRunsWithoutHandWrittenListsWhenContextsAreScanned() throws IOException {
        score.contexts();
        assertThat(score.wanted("pod_images")).isPositive();
        assertThat(score.missing("pod_images")).allMatch(it -> it.startsWith(REPLACED));
        assertThat(score.missing("shim.rendered")).allMatch(it -> it.startsWith(NOT_RECORDED));
        assertThat(score.missing("unparseable")).isEmpty();
    }
}
