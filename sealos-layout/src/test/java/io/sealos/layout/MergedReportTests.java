package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.ImageScanner;
import io.sealos.images.RenderedChart;
import io.sealos.images.VirtualContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedReportTests {
    @TempDir
    private Path root;

    private Path directory(String name, String kubefile) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.writeString(directory.resolve("Kubefile"), kubefile);
        return directory;
    }

    private Path withSecret(String name) throws IOException {
        return directory(name, "FROM scratch\nENV APP_PASSWORD=x\nCOPY . .\nCMD [\"ls\"]\n");
    }

    private LayoutReport merged(Path... directories) throws IOException {
        return LayoutReport.merged(root, LayoutValidator.standard().validateAll(List.of(directories)));
    }

    private static String text(LayoutReport report, ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, format);
        return text.toString();
    }

    @Test
    void writeWhenReportsAreMergedShowsThePathsBelowTheRoot() throws IOException {
        Path empty = Files.createDirectories(root.resolve("apps/none"));
        LayoutReport report = merged(withSecret("apps/nginx"), empty, withSecret("apps/app"));

        assertThat(report.findings())
                .map(it -> it.path() + " " + it.ruleId())
                .containsExactly(
                        "apps/app/Kubefile env-secret", "apps/nginx/Kubefile env-secret", "apps/none kubefile-missing");
        assertThat(report.has(Severity.ERROR)).isTrue();
        assertThat(text(report, ReportFormat.TEXT))
                .contains("apps/nginx/Kubefile:2:18: warning: APP_PASSWORD looks like a secret")
                .contains("    2 |     APP_PASSWORD=…\n")
                .endsWith("found: 1 error, 2 warnings\n");
        assertThat(text(report, ReportFormat.JSON)).contains("\"path\": \"apps/app/Kubefile\",\n");
        assertThatExceptionOfType(LayoutException.class).isThrownBy(report::orThrow);
    }

    @Test
    void writeWhenSarifIsMergedHasOneRunWithRelativeEncodedAddresses() throws IOException {
        LayoutReport report = merged(withSecret("a b/größe#1%"), withSecret("plain"));
        JsonNode runs =
                new ObjectMapper().readTree(text(report, ReportFormat.SARIF)).path("runs");

        assertThat(CodeScanning.results(report)).hasSize(2);
        assertThat(runs).hasSize(1);
        assertThat(runs.path(0).path("originalUriBaseIds").fieldNames())
                .toIterable()
                .containsExactly("SRCROOT");
        List<String> files = new ArrayList<>();
        for (JsonNode result : runs.path(0).path("results")) {
            JsonNode location = result.at("/locations/0/physicalLocation/artifactLocation");
            assertThat(location.path("uriBaseId").asText()).isEqualTo("SRCROOT");
            URI address = root.toUri().resolve(location.path("uri").asText());
            assertThat(Path.of(address)).isRegularFile();
            files.add(location.path("uri").asText());
        }
        assertThat(files).containsExactly("a%20b/gr%C3%B6%C3%9Fe%231%25/Kubefile", "plain/Kubefile");
    }

    @Test
    void mergedWhenOrderOfDirectoriesDiffersIsTheSameText() throws IOException {
        Path one = withSecret("one");
        Path two = directory("two", "FROM scratch\nRUN ls\n");
        Path inner = withSecret("two/inner");

        for (ReportFormat format : ReportFormat.values()) {
            assertThat(text(merged(one, two, inner), format)).isEqualTo(text(merged(inner, two, one), format));
        }
    }

    @Test
    void mergedWhenDirectoryIsTheRootKeepsItsPaths() throws IOException {
        withSecret(".");
        LayoutReport report = merged(root);

        assertThat(report.findings()).map(Finding::path).containsExactly("Kubefile");
        assertThat(report.findings())
                .map(Finding::toString)
                .isEqualTo(LayoutValidator.standard().validate(root).findings().stream()
                        .map(Finding::toString)
                        .toList());
    }

    @Test
    void mergedWhenRootOrDirectoryIsNamedByALinkIsTheSame() throws IOException {
        Path app = withSecret("repo/app");
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("repo"));
        LayoutReport report = LayoutValidator.standard().validate(app);

        for (LayoutReport merged : List.of(
                LayoutReport.merged(link, Map.of(app, report)),
                LayoutReport.merged(root.resolve("repo"), Map.of(link.resolve("app"), report)),
                LayoutReport.merged(link, Map.of(root.resolve("repo/generated"), report)))) {
            assertThat(merged.findings()).map(Finding::path).allMatch(it -> it.matches("(app|generated)/Kubefile"));
        }
    }

    @Test
    void mergedWhenFindingsAreAcceptedAndThereAreGapsPlacesThemToo() throws IOException {
        Path app = directory("app", """
                FROM scratch
                # sealos-ignore: env-secret a demo
                ENV APP_PASSWORD=x
                COPY . .
                CMD ["kubectl apply -f https://example.com/x.yaml"]
                """);
        LayoutReport report = merged(app);

        assertThat(report.suppressed())
                .singleElement()
                .satisfies(it -> assertThat(it.finding().path()).isEqualTo("app/Kubefile"));
        assertThat(report.gaps())
                .singleElement()
                .satisfies(it -> assertThat(it.file()).isEqualTo("app/Kubefile"));
    }

    @Test
    void mergedWhenEditsAreKnownKeepsThemForSarifOnly() throws IOException {
        LayoutReport report = merged(directory("app", "FROM scratch\nCOPY . .\nCMD [\"kubectl\", \"apply\"]\n"));

        assertThat(text(report, ReportFormat.SARIF)).contains("\"fixes\": [");
        assertThat(report.fixed()).isEmpty();
    }

    @Test
    void mergedWhenDirectoryHasTwoNamesKeepsTheFindingsOfBothReportsOnce() throws IOException {
        Path app = withSecret("app");
        LayoutRule own = LayoutRule.of(
                "own", Severity.INFO, "Own.", (layout, findings) -> findings.report("Kubefile", "own", "none"));
        Map<Path, LayoutReport> reports = new LinkedHashMap<>();
        reports.put(app, LayoutValidator.standard().validate(app));
        reports.put(
                root.resolve("./x/../app"),
                LayoutValidator.builder().rule(own).build().validate(app));

        assertThat(LayoutReport.merged(root, reports).findings())
                .map(it -> it.path() + " " + it.ruleId())
                .containsExactly("app/Kubefile own", "app/Kubefile env-secret");
    }

    @Test
    void mergedWhenContextHasFilesFromMemoryTakesTheDirectoryBeneathOrAGivenPath() throws IOException {
        VirtualContext over = VirtualContext.builder()
                .over(withSecret("app"))
                .file("more", "x")
                .build();
        VirtualContext alone = VirtualContext.builder().file("more", "x").build();
        LayoutValidator validator = LayoutValidator.standard();
        Map<Path, LayoutReport> reports = new LinkedHashMap<>(validator.validateAll(List.of(over.path())));
        reports.put(root.resolve("made/up"), validator.validate(alone.path()));

        assertThat(LayoutReport.merged(root, reports).findings())
                .map(it -> it.path() + " " + it.ruleId())
                .containsExactly("app/Kubefile env-secret", "made/up kubefile-missing");
        Map<Path, LayoutReport> none = validator.validateAll(List.of(alone.path()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutReport.merged(root, none))
                .withMessage("a context with files from memory only has no path in a report; give it one below the"
                        + " common directory, which need not exist, such as root.resolve(\"generated/app\")");
    }

    @Test
    void withBaselineWhenReportIsMergedAcceptsTheFindingsOfTheEarlierOne() throws IOException {
        Path app = withSecret("app");
        Path earlier = root.resolve("earlier.json");
        Files.writeString(earlier, text(merged(app), ReportFormat.JSON));
        LayoutReport report = merged(withSecret("other"), app).withBaseline(earlier);

        assertThat(report.findings()).map(Finding::path).containsExactly("other/Kubefile");
        assertThat(report.suppressed())
                .map(SuppressedFinding::toString)
                .singleElement()
                .asString()
                .startsWith("app/Kubefile:2:18: warning: ")
                .endsWith(" (in the baseline)");
        assertThat(text(report, ReportFormat.SARIF)).contains("\"kind\": \"external\"");
        assertThat(merged(app).withBaseline(earlier).has(Severity.INFO)).isFalse();
    }

    @Test
    void writeWhenFormatIsMarkdownIsATableInWhichTextsAreNoMarkup() throws IOException {
        LayoutRule own = LayoutRule.of(
                "own",
                Severity.ERROR,
                "Own.",
                (layout, findings) -> findings.report("a|b`c", "<b> @team #1 *x* \n|", "[none](x)"));
        Path app = withSecret("app");
        LayoutReport report = LayoutReport.merged(
                root, LayoutValidator.builder().rule(own).build().validateAll(List.of(app)));

        assertThat(text(report, ReportFormat.MARKDOWN)).isEqualTo("""
                **found: 1 error, 1 warning**

                | severity | place | problem | fix | rule |
                |---|---|---|---|---|
                | warning | `app/Kubefile:2:18` | `%s` | `%s` | `env-secret` |
                | error | `app/a\\|b'c` | `<b> @team #1 *x* \\n\\|` | `[none](x)` | `own` |
                """.formatted(
                report.findings().get(0).message(), report.findings().get(0).fix()));
        assertThat(text(merged(), ReportFormat.MARKDOWN)).isEqualTo("**nothing found**\n");
    }

    @Test
    void writeWhenMarkdownIsOfSeveralDirectoriesHasAColumnForThem() throws IOException {
        Path outer = directory(".", "FROM scratch\nCOPY a .\nENV APP_PASSWORD=x\nCMD [\"ls\"]\n");
        Path none = Files.createDirectories(root.resolve("b|none"));
        Path empty = withSecret("empty");
        LayoutReport report = merged(outer, none, withSecret("a"), empty);
        Path earlier = root.resolve("earlier.json");
        Files.writeString(earlier, text(merged(empty), ReportFormat.JSON));

        assertThat(text(report.withBaseline(earlier), ReportFormat.MARKDOWN))
                .startsWith("""
                        **found: 1 error, 2 warnings; accepted: 1**

                        | severity | directory | place | problem | fix | rule |
                        |---|---|---|---|---|---|
                        | warning | `.` | `Kubefile:3:18` | `""")
                .contains("\n| warning | `a` | `Kubefile:2:18` | `", "\n| error | `b\\|none` | `.` | `");
    }

    @Test
    void validateAllWhenCallerWaitsGivesEachReportAsSoonAsItIsThere() throws IOException {
        List<Path> directories = List.of(withSecret("b"), withSecret("a"));
        List<String> shown = new ArrayList<>();

        Map<Path, LayoutReport> reports = LayoutValidator.standard()
                .validateAll(directories, (directory, report) -> shown.add(directory.getFileName() + " " + report));

        assertThat(reports.keySet()).containsExactlyElementsOf(directories);
        assertThat(shown).containsExactly("b found: 1 warning", "a found: 1 warning");
    }

    @Test
    void toBuilderWhenValidatorHasOwnSettingsKeepsThem() throws IOException {
        LayoutValidator validator = LayoutValidator.builder()
                .disable("mode-lost")
                .severity("env-secret", Severity.ERROR)
                .build();

        assertThat(validator.toBuilder().build().rules())
                .map(LayoutRule::id)
                .isEqualTo(validator.rules().stream().map(LayoutRule::id).toList());
        assertThat(validator.toBuilder().build().validate(withSecret("app")).hasErrors())
                .isTrue();
    }

    @Test
    void mergedWhenDirectoryIsElsewhereSaysSo() throws IOException {
        Path inside = Files.createDirectories(root.resolve("inside"));
        Map<Path, LayoutReport> reports = LayoutValidator.standard().validateAll(List.of(withSecret("beside")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutReport.merged(inside, reports))
                .withMessage(
                        root.resolve("beside") + " is not below " + inside + "; name a directory that contains both");
    }

    @Test
    void validateAllWhenOneIsNoDirectorySaysWhich() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> LayoutValidator.standard().validateAll(List.of(withSecret("app"), file)))
                .withMessage(file + ": is not a directory; name the directory that contains the Kubefile");
    }

    @Test
    void validateAllWhenDirectoriesHaveChartsGivesTheReportsOfSeparateChecks() throws IOException {
        assumeTrue(
                System.getProperty("os.name", "").equals("Linux")
                        && System.getProperty("os.arch", "").equals("amd64"),
                "the Helm engine is for linux-amd64");
        Map<Path, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            Path app = withSecret("app" + i);
            Path chart = Files.createDirectories(app.resolve("charts/app/templates"));
            Files.writeString(chart.resolveSibling("Chart.yaml"), "apiVersion: v2\nname: app\nversion: 0.1.0\n");
            Files.writeString(
                    chart.resolve("x.yaml"),
                    i == 1 ? "{{ fail \"no\" }}" : "kind: Pod\nspec: {containers: [{image: 'a/b:" + i + "'}]}\n");
            expected.put(app, text(LayoutValidator.standard().validate(app), ReportFormat.JSON));
        }
        Map<Path, String> found = new LinkedHashMap<>();
        for (Map.Entry<Path, LayoutReport> report :
                LayoutValidator.standard().validateAll(expected.keySet()).entrySet()) {
            found.put(report.getKey(), text(report.getValue(), ReportFormat.JSON));
        }

        assertThat(List.copyOf(found.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
    }

    @Test
    void validateWhenScannerIsGivenFindsImagesWithIt() throws IOException {
        Path app = withSecret("app");
        Files.createDirectories(app.resolve("charts/app/templates"));
        Files.writeString(app.resolve("charts/app/Chart.yaml"), "apiVersion: v2\nname: app\nversion: 0.1.0\n");
        ImageScanner scanner = ImageScanner.builder()
                .chartRenderer(request -> RenderedChart.failed("not today"))
                .build();

        assertThat(LayoutValidator.builder()
                        .scanner(scanner)
                        .build()
                        .validate(app)
                        .gaps())
                .singleElement()
                .asString()
                .endsWith("not today");
    }
}
