package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.kubefile.BuildFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merged reports of directories within directories. */
class NestedReportTests {
    @TempDir
    private Path root;

    @BeforeEach
    void create() throws IOException {
        kubefile("", "a/b/");
        kubefile("a/", "b/");
        kubefile("a/b/", "");
        write("a/b/manifests/app.yaml", "a: [1, 2\nb: {\nimage: nginx\n");
        write("a/b/scripts/x.sh", "ls\r\nls\r\n");
        write("a/b/charts/web/Chart.yaml", """
                apiVersion: v2
                name: web
                version: 1.0.0
                dependencies:
                - name: sub
                  version: 1.0.0
                """);
    }

    /** Writes a Kubefile whose command uses what is in the innermost directory. */
    private void kubefile(String directory, String inner) throws IOException {
        String command = "kubectl apply -f " + inner + "manifests && helm install web " + inner + "charts/web";
        write(directory + "Kubefile", "FROM scratch\nCOPY . .\nCMD [\"" + command + "\"]\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LayoutReport merged(List<Path> directories) throws IOException {
        return LayoutReport.merged(root, LayoutValidator.standard().validateAll(directories));
    }

    @Test
    void mergedWhenADirectoryIsWithinAnotherHasEachFindingOnce() throws IOException {
        List<Path> directories = BuildFiles.findContexts(root);
        assertThat(directories).hasSize(3);
        LayoutReport report = merged(directories);

        assertThat(report.findings().stream()
                        .filter(it -> it.path().startsWith("a/b/"))
                        .map(it -> it.place() + " " + it.ruleId())
                        .toList())
                .hasSizeGreaterThan(3)
                .doesNotHaveDuplicates();
        assertThat(report.gaps()).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void mergedWhenADirectoryIsWithinAnotherKeepsTheFindingOfTheInnerOne() throws IOException {
        LayoutReport inner = merged(List.of(root.resolve("a/b")));

        assertThat(merged(BuildFiles.findContexts(root)).findings()).containsAll(inner.findings());
    }

    @Test
    void mergedWhenTheInnerDirectoryAcceptsAFindingDoesNotReportItForTheOuterOne() throws IOException {
        String accepted = "# sealos-ignore: script-crlf it is a sample\n";
        write("a/b/Kubefile", accepted + Files.readString(root.resolve("a/b/Kubefile")));
        LayoutReport report = merged(BuildFiles.findContexts(root));

        assertThat(report.suppressed()).extracting(it -> it.finding().path()).contains("a/b/scripts/x.sh");
        assertThat(report.findings())
                .filteredOn(it -> it.ruleId().equals("script-crlf"))
                .isEmpty();
    }

    @Test
    void mergedWhenOnlyTheOuterDirectoryHasAFindingKeepsIt() throws IOException {
        LayoutReport outer = merged(List.of(root.resolve("a")));
        write("a/b/.dockerignore", "scripts\n");
        LayoutReport report = merged(BuildFiles.findContexts(root));

        assertThat(outer.findings()).extracting(Finding::path).contains("a/b/scripts/x.sh");
        assertThat(report.findings())
                .filteredOn(it -> it.path().equals("a/b/scripts/x.sh"))
                .hasSize(1);
    }
}
