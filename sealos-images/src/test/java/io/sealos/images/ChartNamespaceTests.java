package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts that refuse a namespace. */
class ChartNamespaceTests {
    private static final String REFUSING =
            "{{ if eq .Release.Namespace \"default\" }}{{ fail \"not here\" }}{{ end }}\n";

    @TempDir
    private Path context;

    @BeforeEach
    void writeChart() throws IOException {
        ChartDirectory.assumeEngine();
        ChartDirectory.named(context.resolve("charts"), "web")
                .with("templates/a.yaml", REFUSING + ChartDirectory.pod("a/{{ .Release.Namespace }}:1"));
    }

    private ImageInventory scan(String command) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY charts charts\nCMD [\"" + command + "\"]\n");
        return ImageScanner.builder().build().scan(context);
    }

    private static List<String> saved(ImageInventory inventory) {
        return inventory.references().stream()
                .map(ImageReference::familiarString)
                .toList();
    }

    @Test
    void rendersInNamespaceOfCommandWhenItNamesOne() throws IOException {
        ImageInventory inventory = scan("helm install web charts/web -n apps");
        assertThat(saved(inventory)).containsExactly("a/apps:1");
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void rendersInEachNamespaceWhenCommandsNameSeveral() throws IOException {
        ImageInventory inventory = scan("helm install a charts/web -n one && helm install b charts/web -n two");
        assertThat(saved(inventory)).containsExactly("a/one:1", "a/two:1");
    }

    @Test
    void rendersInAnotherNamespaceWhenNoCommandTells() throws IOException {
        ImageInventory inventory = scan("echo ready");
        assertThat(saved(inventory)).containsExactly("a/web:1");
        assertThat(inventory.problems()).singleElement().satisfies(it -> {
            assertThat(it)
                    .hasToString(
                            "charts/web: the chart does not render in the namespace default, and was rendered in web:"
                                    + " execution error at (web/templates/a.yaml:1:43): not here");
            assertThat(it.fix()).isEqualTo("install it by a command of the Kubefile with --namespace");
            assertThat(it.isGap()).isFalse();
        });
    }

    @Test
    void isGapWhenCommandInstallsIntoRefusedNamespace() throws IOException {
        ImageInventory inventory = scan("helm install web charts/web");
        assertThat(inventory.gaps())
                .extracting(ScanProblem::toString)
                .containsExactly("charts/web: the chart does not render: execution error at"
                        + " (web/templates/a.yaml:1:43): not here");
        assertThat(saved(inventory)).containsExactly("a/web:1");
    }
}
