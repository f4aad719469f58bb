package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.kubefile.SourceRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places of findings about charts that do not render, in all formats. */
class ChartPlaceTests {
    private static final String RUN_TIME = "template: web/templates/x.yaml:6:22: executing \"web/templates/x.yaml\" at"
            + " <.Values.image.repository>: nil pointer evaluating interface {}.repository";
    private static final String TEMPLATE =
            "kind: Pod\nspec:\n  containers:\n\n\n    - image: {{ printf .Values.a.b }}:1\n";

    @TempDir
    private Path root;

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void chart(String template) throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/web\"]\n");
        write("charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("charts/web/templates/x.yaml", template);
    }

    private LayoutReport failing(String message) throws IOException {
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed(message))
                .build();
        return LayoutValidator.builder().scanner(scanner).build().validate(root);
    }

    private static Finding unreadable(LayoutReport report) {
        return report.findings().stream()
                .filter(it -> it.ruleId().equals("images-unreadable"))
                .findFirst()
                .orElseThrow();
    }

    private static String text(LayoutReport report, ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, format);
        return text.toString();
    }

    @Test
    void writeWhenATemplateFailsAtRunTimeHasItsLineAndColumnInAllFormats() throws IOException {
        chart(TEMPLATE);
        LayoutReport report = failing(RUN_TIME);

        JsonNode place = CodeScanning.results(report).stream()
                .filter(it -> it.path("ruleId").asText().equals("images-unreadable"))
                .findFirst()
                .orElseThrow()
                .at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("charts/web/templates/x.yaml");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(6);
        assertThat(place.at("/region/startColumn").asInt()).isEqualTo(22);
        assertThat(text(report, ReportFormat.MARKDOWN)).contains("| `charts/web/templates/x.yaml:6:22` |");
        assertThat(text(report, ReportFormat.JSON)).contains("""
                      "path": "charts/web/templates/x.yaml",
                      "line": 6,
                      "column": 22,
                """);
        assertThat(text(report, ReportFormat.TEXT))
                .contains("charts/web/templates/x.yaml:6:22: warning: the chart does not render")
                .contains(
                        "    6 |     - image: {{ printf .Values.a.b }}:1\n      |                      ^^^^^^^^^^^^^");
    }

    @Test
    void validateWhenHelmItselfFailsInATemplateReportsThatTemplate() throws IOException {
        chart(TEMPLATE);

        assertThat(unreadable(LayoutValidator.standard().validate(root)).range())
                .map(SourceRange::toString)
                .hasValueSatisfying(it -> assertThat(it).startsWith("charts/web/templates/x.yaml:6:"));
    }

    @Test
    void validateWhenTheLineHasOtherCharactersCountsTheColumnInBytesAsHelmDoes() throws IOException {
        chart("# é\n{{/* ää */}}{{ fail \"no\" }}\n");

        assertThat(unreadable(failing("execution error at (web/templates/x.yaml:2:17): no"))
                        .range())
                .map(it -> it.start().toString())
                .hasValue("2:15");
    }

    @Test
    void validateWhenTheColumnIsBehindTheLineReportsTheLine() throws IOException {
        chart("kind: Pod\n");

        assertThat(unreadable(failing("execution error at (web/templates/x.yaml:1:99): no"))
                        .range())
                .map(it -> it.start() + " " + it.text())
                .hasValue("1:1 kind: Pod");
    }

    @Test
    void validateWhenACommentOfTheTemplateAcceptsTheGapReportsNeither() throws IOException {
        chart("# sealos-ignore: images-unreadable it is not installed\n" + TEMPLATE);
        LayoutReport report = failing(RUN_TIME);

        assertThat(report.findings()).extracting(Finding::ruleId).doesNotContain("images-unreadable");
        assertThat(report.suppressed()).extracting(it -> it.finding().path()).contains("charts/web/templates/x.yaml");
        assertThat(report.gaps()).isEmpty();
    }

    @Test
    void validateWhenTheChartIsPackagedReportsTheArchiveAndNamesTheTemplate() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"helm install app charts/web-1.0.0.tgz\"]\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (Map.Entry<String, String> file : Map.of(
                            "web/Chart.yaml",
                            "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                            "web/templates/x.yaml",
                            TEMPLATE)
                    .entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        Files.createDirectories(root.resolve("charts"));
        Files.write(root.resolve("charts/web-1.0.0.tgz"), bytes.toByteArray());

        Finding finding = unreadable(failing(RUN_TIME));
        assertThat(finding.path()).isEqualTo("charts/web-1.0.0.tgz");
        assertThat(finding.range()).isEmpty();
        assertThat(finding.message()).contains("web/templates/x.yaml:6:22");
    }
}
