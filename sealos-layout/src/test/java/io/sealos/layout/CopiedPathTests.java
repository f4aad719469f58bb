package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopiedPathTests {
    @TempDir
    private Path context;

    @ParameterizedTest
    @CsvSource({
        "charts/a charts/a, charts/a, true",
        "charts/a charts/a, charts/a/Chart.yaml, true",
        "charts/a charts/a, charts, true",
        "charts/a charts/a, charts/b, false",
        "charts/a charts/a, ., true",
        "charts/*.tgz charts/, charts/a.tgz, true",
        "charts/*.tgz charts/, charts/a, false",
        "c* ./, charts/b, true",
        ". ., charts/b, true",
        "./charts/ charts, charts/b, true",
        "opt opt, charts/b, false",
        "opt charts opt/, charts/b, true",
        "charts charts, charts/hidden, false"
    })
    void isCopiedWhenSourcesAreGivenComparesTheWholePath(String copy, String path, boolean copied) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY " + copy + "\n");
        Files.writeString(context.resolve(".dockerignore"), "charts/hidden\n");

        assertThat(ClusterImageLayout.open(context).isCopied(path)).isEqualTo(copied);
    }
}
