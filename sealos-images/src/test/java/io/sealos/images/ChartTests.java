package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTests {
    @TempDir
    private Path context;

    @BeforeEach
    void needsEngine() {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        assumeTrue(linux && System.getProperty("os.arch", "").equals("amd64"), "the Helm engine is for linux-amd64");
    }

    @Test
    void findsHooksDependenciesAndValuesWhenChartsAreRendered() throws IOException {
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n");
        write("charts/app/values.yaml", "image: a/default:1\nsub: {image: a/sub:1}\n");
        write("charts/app.values.yaml", "image: a/chosen:2\n");
        write("charts/app/templates/pod.yaml", pod("{{ .Values.image }}", ""));
        write("charts/app/templates/hook.yaml", pod("a/hook:1", "annotations: {helm.sh/hook: pre-install}"));
        write(
                "charts/app/templates/lookup.yaml",
                "{{ if lookup \"v1\" \"Secret\" \"a\" \"b\" }}image: a/no:1{{ end }}");
        write("charts/app/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 0.1.0\n");
        write("charts/app/charts/sub/templates/pod.yaml", pod("{{ .Values.image }}", ""));
        ImageInventory inventory = ImageScanner.builder().build().scan(context);
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.occurrences())
                .filteredOn(it -> it.confidence().isSaved())
                .extracting(it -> it.reference().familiarString() + " "
                        + it.template().orElse("") + " " + it.hook().orElse("-"))
                .containsExactlyInAnyOrder(
                        "a/chosen:2 app/templates/pod.yaml -",
                        "a/hook:1 app/templates/hook.yaml pre-install",
                        "a/sub:1 app/charts/sub/templates/pod.yaml -");
    }

    @Test
    void rendersOthersWhenOneChartIsBroken() throws IOException {
        write("charts/a/Chart.yaml", "apiVersion: v2\nname: a\nversion: 0.1.0\n");
        write("charts/a/templates/x.yaml", "{{ required \"say which image\" .Values.image }}");
        write("charts/b/Chart.yaml", "apiVersion: v2\nname: b\nversion: 0.1.0\nkubeVersion: \"<1.25.0-0\"\n");
        write("charts/b/templates/x.yaml", pod("a/b:{{ .Capabilities.KubeVersion.Version }}", ""));
        ImageInventory inventory = ImageScanner.builder().build().scan(context);
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/b:v1.24.17");
        assertThat(inventory.problems()).hasSize(2);
        assertThat(inventory.problems().get(0).toString())
                .startsWith("charts/a: the chart does not render: ")
                .contains("say which image");
        assertThat(inventory.problems().get(1))
                .hasToString("charts/b: the chart excludes Kubernetes 1.34.0 and was rendered for 1.24.17, the highest"
                        + " version that it allows");
    }

    @Test
    void refusesWhenArchiveClimbsOut() throws IOException {
        Path archive = context.resolve("evil.tgz");
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            byte[] text = "name: evil".getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry("evil/../../Chart.yaml");
            entry.setSize(text.length);
            tar.putArchiveEntry(entry);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        assertThat(ImageScanner.builder().build().scanChart(archive).problems())
                .extracting(ScanProblem::toString)
                .containsExactly("evil.tgz: the chart does not render: the archive has an entry outside its directory:"
                        + " 'evil/../../Chart.yaml'");
    }

    private static String pod(String image, String metadata) {
        return "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  " + metadata
                + "\nspec:\n  containers:\n    - image: " + image + "\n";
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
