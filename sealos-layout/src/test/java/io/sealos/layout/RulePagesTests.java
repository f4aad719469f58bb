package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.kubefile.BuildOptions;
import io.sealos.layout.internal.rule.StandardRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePagesTests {
    private static final Path PAGES = Path.of("docs/rules");

    @TempDir
    Path directory;

    static List<LayoutRule> rules() {
        return StandardRules.ALL;
    }

    @Test
    void pagesWhenComparedWithTheTableAreTheSame() throws IOException {
        List<String> rules =
                rules().stream().map(rule -> rule.id() + ".md").sorted().toList();

        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()).sorted())
                    .isEqualTo(rules);
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void readmeWhenComparedWithTheTableHasARowForTheRule(LayoutRule rule) throws IOException {
        assertThat(Files.readString(Path.of("README.md")).contains(row(rule)))
                .as("sealos-layout/README.md has the row %s", row(rule))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../README.md", "../CHANGELOG.md"})
    void documentWhenItCountsTheRulesHasTheirNumber(String document) throws IOException {
        assertThat(Files.readString(Path.of(document))).containsPattern("\\b" + rules().size() + " \\[?rules");
    }

    private static String row(LayoutRule rule) {
        return "| [" + rule.id() + "](docs/rules/" + rule.id() + ".md) | " + word(rule) + " | " + rule.summary()
                + " |\n";
    }

    private static String word(LayoutRule rule) {
        return rule.severity().name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void pageWhenReadBeginsWithNameAndSeverity(LayoutRule rule) throws IOException {
        assertThat(page(rule)).startsWith("# " + rule.id() + "\n\nSeverity: " + word(rule) + "\n\n");
        assertThat(rule.summary()).endsWith(".").doesNotContain("|");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void badExampleWhenValidatedIsFound(LayoutRule rule) throws Exception {
        PageExample.create(page(rule), "Bad", directory);

        LayoutReport report = report();
        assertThat(report.findings()).anySatisfy(finding -> {
            assertThat(finding.ruleId()).isEqualTo(rule.id());
            assertThat(finding.severity()).isEqualTo(rule.severity());
            assertThat(finding.message()).isNotBlank().doesNotEndWith(".");
            assertThat(finding.fix()).isNotBlank().doesNotEndWith(".");
        });
        for (JsonNode result : CodeScanning.results(report)) {
            String file = result.at("/locations/0/physicalLocation/artifactLocation/uri")
                    .asText();
            assertThat(Path.of(directory.toUri().resolve(file)))
                    .matches(it -> !Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS), "is no directory");
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void goodExampleWhenValidatedHasNoFinding(LayoutRule rule) throws Exception {
        PageExample.create(page(rule), "Good", directory);

        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry-not-copied",
                "command-argv",
                "json-form-broken",
                "command-failure-ignored",
                "label-dollar",
                "instruction-without-effect"
            })
    void badExampleWhenFixedHasNoFinding(String rule) throws Exception {
        PageExample.create(Files.readString(PAGES.resolve(rule + ".md")), "Bad", directory);

        Files.writeString(
                directory.resolve("Kubefile"), report().fixed().orElseThrow().toSource());

        assertThat(findings()).isEmpty();
    }

    private List<Finding> findings() throws IOException {
        return report().findings();
    }

    /** Charts are not rendered here, as it takes seconds; of what the engine says the pages need two sentences. */
    private LayoutReport report() throws IOException {
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.of("app", List.of(), notices(request.chart()))
                        .withAddresses(addresses(request.chart())))
                .build();
        return LayoutValidator.standard()
                .validate(ClusterImageLayout.open(directory, BuildOptions.defaults(), scanner));
    }

    private static List<String> notices(Path chart) throws IOException {
        boolean old = Files.isDirectory(chart)
                && Files.readString(chart.resolve("Chart.yaml")).contains("kubeVersion: \"<");
        return old ? List.of("the chart excludes Kubernetes 1.34.0 and was rendered for 1.24.17") : List.of();
    }

    private static List<String> addresses(Path chart) throws IOException {
        Path schema = chart.resolve("values.schema.json");
        boolean elsewhere = Files.exists(schema) && Files.readString(schema).contains("https:");
        return elsewhere ? List.of("values.schema.json refers to https://schemas.example/config.json") : List.of();
    }

    private static String page(LayoutRule rule) throws IOException {
        Path page = PAGES.resolve(rule.id() + ".md");
        assertThat(page)
                .as("the page of the rule, to be copied from a similar one")
                .exists();
        return Files.readString(page);
    }
}
