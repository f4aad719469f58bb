package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The identity of findings, by which a baseline and SARIF recognize them after edits elsewhere. */
class BaselineTests {
    @TempDir
    private Path repository;

    private Path root = Path.of("");

    @BeforeEach
    void create() throws IOException {
        root = Files.createDirectories(repository.resolve("apps/shop"));
        write("Kubefile", "FROM scratch\nCOPY manifests manifests\nCMD [\"kubectl apply -f manifests\"]\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String pods(String... images) {
        StringBuilder text = new StringBuilder();
        for (String image : images) {
            text.append("---\nkind: Pod\nspec:\n  containers:\n  - image: " + image + "\n");
        }
        return text.toString();
    }

    private LayoutReport report() throws IOException {
        return LayoutValidator.standard().validate(root);
    }

    private LayoutReport chartFailing(String message) throws IOException {
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        write("charts/app/templates/pod.yaml", "kind: Pod\n".repeat(200));
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed(message))
                .build();
        return LayoutValidator.builder().scanner(scanner).build().validate(root);
    }

    private static String text(LayoutReport report, ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, format);
        return text.toString();
    }

    private Path baseline(LayoutReport report) throws IOException {
        return Files.writeString(repository.resolve("baseline.json"), text(report, ReportFormat.JSON));
    }

    private static List<String> fingerprints(LayoutReport report) throws IOException {
        return CodeScanning.results(report).stream()
                .map(it -> it.at("/partialFingerprints/finding~1v1").asText())
                .sorted()
                .toList();
    }

    private static void assertSame(LayoutReport before, LayoutReport after, Path baseline) throws IOException {
        assertThat(before.findings()).isNotEmpty();
        assertThat(after.findings()).isNotEqualTo(before.findings());
        assertThat(after.withBaseline(baseline).findings()).isEmpty();
        assertThat(fingerprints(after)).isEqualTo(fingerprints(before));
    }

    @Test
    void withBaselineWhenMoreImagesAreFoundAcceptsTheFindingWithTheirNumber() throws IOException {
        write("manifests/a.yaml", pods("nginx:1.25"));
        LayoutReport before = report();
        Path baseline = baseline(before);
        write("manifests/a.yaml", pods("nginx:1.25", "redis:7.2"));

        LayoutReport after = report();
        assertThat(before.findings())
                .extracting(Finding::message)
                .contains("the application runs 1 image, and the cluster image would contain none");
        assertThat(after.findings())
                .extracting(Finding::message)
                .contains("the application runs 2 images, and the cluster image would contain none");
        assertSame(before, after, baseline);
    }

    @Test
    void withBaselineWhenLinesOfATemplateMoveAcceptsWhatHelmSays() throws IOException {
        LayoutReport before =
                chartFailing("template: web/templates/pod.yaml:6:22: executing \"web/templates/pod.yaml\" at"
                        + " <.Values.a.b>: nil pointer evaluating interface {}.b");
        Path baseline = baseline(before);

        LayoutReport after =
                chartFailing("template: web/templates/pod.yaml:106:3: executing \"web/templates/pod.yaml\" at"
                        + " <.Values.a.b>: nil pointer evaluating interface {}.b");
        assertSame(before, after, baseline);
    }

    @Test
    void withBaselineWhenAnotherValueIsMissingReportsIt() throws IOException {
        Path baseline =
                baseline(chartFailing("template: web/templates/pod.yaml:6:22: executing \"x\" at <.Values.a>: no"));

        LayoutReport after = chartFailing("template: web/templates/pod.yaml:6:22: executing \"x\" at <.Values.b>: no");
        assertThat(after.withBaseline(baseline).findings())
                .extracting(Finding::ruleId)
                .containsExactly("images-unreadable");
    }

    @Test
    void withBaselineWhenAnotherImageHasNoTagReportsItAlone() throws IOException {
        write("manifests/a.yaml", pods("nginx", "redis"));
        Path baseline = baseline(report());
        write("manifests/a.yaml", pods("busybox", "nginx", "redis"));

        assertThat(report().withBaseline(baseline).findings())
                .singleElement()
                .satisfies(it -> assertThat(it.identity()).startsWith("busybox has no tag"));
    }

    @Test
    void withBaselineWhenOneImageReplacesAnotherReportsIt() throws IOException {
        write("manifests/a.yaml", pods("nginx"));
        Path baseline = baseline(report());
        write("manifests/a.yaml", pods("redis"));

        assertThat(report().withBaseline(baseline).findings())
                .extracting(Finding::ruleId)
                .containsExactly("image-without-version");
    }

    @Test
    void withBaselineWhenACommandAFileOrALineIsAddedAcceptsTheRest() throws IOException {
        write("manifests/a.yaml", pods("nginx:1.25"));
        write("images/shim/list", "redis:7.2\nredis:7.2\n");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"ls a\", \"ls b\"]\n");
        LayoutReport before = report();
        Path baseline = baseline(before);
        write("images/shim/list", "# a comment\nbusybox:1.36\nredis:7.2\nredis:7.2\n");
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"ls a\", \"ls b\", \"ls c\"]\n");

        assertThat(before.findings()).extracting(Finding::ruleId).contains("shim-duplicate", "command-failure-ignored");
        assertSame(before, report(), baseline);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            see a.yaml:6 and b/c.yml:7:8, line 9, column 3 | see a.yaml and b/c.yml, line , column
            yaml: line 12: did not find key                | yaml: line : did not find key
            Kubefile:4 repeats it                          | Kubefile repeats it
            nginx:1 is not nginx:2, nor r.io:5000/a:3@x    | nginx:1 is not nginx:2, nor r.io:5000/a:3@x
            port 80 of a.b:8080 is not version 1.25.3      | port 80 of a.b:8080 is not version 1.25.3
            """)
    void identityWhenAMessageHasNumbersLeavesOutThoseOfLines(String message, String identity) throws IOException {
        LayoutRule own = LayoutRule.of(
                "own", Severity.INFO, "Own.", (layout, findings) -> findings.report("Kubefile", message, "none"));

        assertThat(LayoutValidator.builder().rule(own).build().validate(root).findings())
                .filteredOn(it -> it.ruleId().equals("own"))
                .extracting(it -> it.identity().strip())
                .containsExactly(identity);
    }

    @Test
    void identityWhenARuleStatesItReplacesTheMessage() throws IOException {
        LayoutRule own = LayoutRule.of("own", Severity.INFO, "Own.", (layout, findings) -> {
            findings.withIdentity("sizes").report("Kubefile", "there are 3 of them", "none");
            findings.report("Kubefile", "there are 3 of them", "none");
        });
        LayoutReport report = LayoutValidator.builder().rule(own).build().validate(root);

        assertThat(report.findings())
                .filteredOn(it -> it.ruleId().equals("own"))
                .extracting(Finding::identity)
                .containsExactlyInAnyOrder("sizes", "there are 3 of them");
        assertThat(text(report, ReportFormat.JSON)).contains("\"identity\": \"sizes\"");
    }

    @Test
    void withBaselineWhenItIsOfAnotherRootSaysSoInEveryFormat() throws IOException {
        write("manifests/a.yaml", pods("nginx"));
        LayoutReport report = report();
        Path baseline = baseline(LayoutReport.merged(repository, Map.of(root, report)));

        LayoutReport checked = report.withBaseline(baseline);
        String notice =
                "the baseline " + baseline + " accepts nothing: its paths begin at another directory, because it"
                        + " is of apps/shop and this report of .; write it from a report with the same root";
        assertThat(checked.findings()).isEqualTo(report.findings());
        assertThat(checked.notices()).containsExactly(notice);
        assertThat(text(checked, ReportFormat.TEXT)).contains("notice: " + notice + "\n");
        assertThat(text(checked, ReportFormat.MARKDOWN)).contains("Notice: `" + notice + "`\n");
        for (ReportFormat format : List.of(ReportFormat.JSON, ReportFormat.SARIF)) {
            assertThat(text(checked, format)).contains('"' + notice + '"');
        }
        assertThat(LayoutReport.merged(repository, Map.of(root, checked)).notices())
                .containsExactly(notice);
        assertThat(LayoutValidator.builder()
                        .baseline(baseline)
                        .build()
                        .validate(root)
                        .notices())
                .containsExactly(notice);
    }

    @Test
    void withBaselineWhenNoneOfItsFindingsIsLeftSaysSo() throws IOException {
        write("manifests/a.yaml", pods("nginx"));
        Path baseline = baseline(report());
        write("manifests/a.yaml", "");

        assertThat(report().withBaseline(baseline).notices())
                .containsExactly(
                        "the baseline " + baseline + " accepts nothing: none of its findings is in this report;"
                                + " remove it if they are mended, or write it from a report with the same root");
    }

    @Test
    void withBaselineWhenItAcceptsAFindingOrIsEmptySaysNothing() throws IOException {
        write("manifests/a.yaml", "");
        Path empty = baseline(report());
        write("manifests/a.yaml", pods("nginx"));
        assertThat(report().withBaseline(empty).notices()).isEmpty();
        Path baseline = baseline(report());

        assertThat(report().withBaseline(baseline).notices()).isEmpty();
        assertThat(text(report().withBaseline(baseline), ReportFormat.SARIF)).doesNotContain("invocations");
    }
}
