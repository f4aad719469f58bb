package io.sealos.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutReportTests {
    private static final String KUBEFILE = """
            FROM scratch
            ENV ADMIN_PASSWORD=hunter2
            COPY . .
            CMD ["kubectl", "apply", "-f", "manifests"]
            """;

    @TempDir
    Path context;

    @BeforeEach
    void writeContext() throws IOException {
        Files.createDirectories(context.resolve("manifests"));
        Files.writeString(context.resolve("Kubefile"), KUBEFILE);
    }

    @Test
    void validateWhenALaterEnvReplacesASecretReportsBothWithoutTheirValues() throws IOException {
        Files.writeString(
                context.resolve("Kubefile"),
                "FROM scratch AS a\nENV B_TOKEN=no\nFROM scratch\nENV A_TOKEN=one A_TOKEN='two'\nENV A_TOKEN=three\n");

        assertThat(report().findings())
                .filteredOn(it -> it.ruleId().equals("env-secret"))
                .map(it -> it.range().orElseThrow().toString())
                .containsExactly("Kubefile:4:13", "Kubefile:4:25", "Kubefile:5:13");
        assertThat(report().toString()).doesNotContain("one", "two", "three");
    }

    @Test
    void writeWhenSarifHasEqualFindingsGivesEachAnIdentityOfItsOwn() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nENV A_TOKEN=one\nENV A_TOKEN=two\n");
        StringBuilder sarif = new StringBuilder();
        report().writeTo(sarif, ReportFormat.SARIF);

        assertThat(sarif.toString()
                        .lines()
                        .filter(it -> it.contains("finding/v1"))
                        .distinct())
                .hasSize((int) sarif.toString()
                        .lines()
                        .filter(it -> it.contains("\"ruleIndex\""))
                        .count());
    }

    @Test
    void writeWhenTextShowsLineCaretsAndFix() throws IOException {
        assertThat(text(report(), ReportFormat.TEXT)).isEqualTo("""
                Kubefile:2:20: warning: ADMIN_PASSWORD looks like a secret, and everybody who has the image can read it [env-secret]
                    2 |     ADMIN_PASSWORD=…
                      |                    ^
                    fix: leave it empty and give it when the image is run: sealos run -e ADMIN_PASSWORD=…

                Kubefile:4:1: warning: sealos runs 'kubectl', then 'apply': each element is a command of its own [command-argv]
                    4 | CMD ["kubectl", "apply", "-f", "manifests"]
                      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    fix: write CMD ["kubectl apply -f manifests"]

                found: 2 warnings
                """);
    }

    @Test
    void writeWhenNothingWasFoundSaysSo() throws IOException {
        LayoutReport report = LayoutValidator.builder()
                .disable("env-secret")
                .disable("command-argv")
                .build()
                .validate(context);

        assertThat(text(report, ReportFormat.TEXT)).isEqualTo("nothing found\n");
    }

    @Test
    void writeWhenJsonHasAllParts() throws IOException {
        assertThat(text(report(), ReportFormat.JSON)).startsWith("""
                {
                  "findings": [
                    {
                      "rule": "env-secret",
                      "severity": "warning",
                      "path": "Kubefile",
                      "line": 2,
                      "column": 20,
                      "endLine": 2,
                      "endColumn": 21,
                      "message": "ADMIN_PASSWORD looks like a secret, and everybody who has the image can read it",
                      "fix": "leave it empty and give it when the image is run: sealos run -e ADMIN_PASSWORD=…",
                      "identity": "ADMIN_PASSWORD looks like a secret, and everybody who has the image can read it"
                    },
                """);
    }

    @Test
    void writeWhenSarifHasWhatTheStandardRequires() throws IOException {
        Files.writeString(
                context.resolve("Kubefile"), KUBEFILE.replace("ENV", "# sealos-ignore: env-secret a demo\nENV"));
        JsonNode log = new ObjectMapper().readTree(text(report(), ReportFormat.SARIF));
        assertThat(CodeScanning.results(report())).hasSize(2);
        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode run = log.path("runs").path(0);
        JsonNode rules = run.path("tool").path("driver").path("rules");
        assertThat(run.path("tool").path("driver").path("name").asText()).isEqualTo("sealos-layout");
        assertThat(rules).hasSameSizeAs(LayoutValidator.standard().rules());
        assertThat(run.path("results")).hasSize(2).allSatisfy(result -> {
            assertThat(rules.path(result.path("ruleIndex").asInt()).path("id").asText())
                    .isEqualTo(result.path("ruleId").asText());
            assertThat(result.path("level").asText()).isIn("error", "warning", "note");
            assertThat(result.path("message").path("text").asText()).isNotBlank();
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            assertThat(place.path("artifactLocation").path("uri").asText()).isEqualTo("Kubefile");
            assertThat(place.path("region").path("startLine").asInt()).isPositive();
        });
        JsonNode fixed = run.path("results")
                .path(1)
                .path("fixes")
                .path(0)
                .path("artifactChanges")
                .path(0);
        assertThat(fixed.path("replacements")
                        .path(0)
                        .path("insertedContent")
                        .path("text")
                        .asText())
                .isEqualTo("");
    }

    @Test
    void validateWhenACommentGivesAReasonAcceptsTheFinding() throws IOException {
        Files.writeString(
                context.resolve("Kubefile"),
                KUBEFILE.replace("ENV", "# sealos-ignore: env-secret the password of a demo\nENV"));
        LayoutReport report = report();

        assertThat(report.findings()).extracting(Finding::ruleId).containsExactly("command-argv");
        assertThat(report.suppressed())
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).contains("the password of a demo"))
                .asString()
                .endsWith("[env-secret] (the password of a demo)");
        assertThat(text(report, ReportFormat.TEXT)).endsWith("found: 1 warning; accepted: 1\n");
    }

    @Test
    void validateWhenACommentStandsElsewhereKeepsTheFinding() throws IOException {
        for (String kubefile : List.of(
                KUBEFILE.replace("COPY", "# sealos-ignore: env-secret too late\nCOPY"),
                KUBEFILE.replace("ENV", "# sealos-ignore: command-argv another rule\nENV"),
                KUBEFILE.replace("ENV", "# sealos-ignore: env-secret\nENV"))) {
            Files.writeString(context.resolve("Kubefile"), kubefile);

            assertThat(report().findings()).extracting(Finding::ruleId).contains("env-secret");
        }
    }

    @Test
    void validateWhenTheHeadOfTheFileGivesAReasonAcceptsItsFindings() throws IOException {
        Files.writeString(
                context.resolve("Kubefile"), "# sealos-ignore: env-secret all of it is a demo\n\n" + KUBEFILE);

        assertThat(report().findings()).extracting(Finding::ruleId).containsExactly("command-argv");
    }

    @Test
    void validateWhenTheBaselineHasAFindingReportsOnlyNewOnes() throws IOException {
        Path baseline = context.resolveSibling(context.getFileName() + ".json");
        Files.writeString(baseline, text(report(), ReportFormat.JSON));
        Files.writeString(context.resolve("Kubefile"), KUBEFILE.replace("COPY", "\nENV TOKEN=abc\nCOPY"));

        LayoutReport report =
                LayoutValidator.builder().baseline(baseline).build().validate(context);
        Files.delete(baseline);

        assertThat(report.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("TOKEN looks like a secret"));
        assertThat(report.suppressed())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.reason()).isEmpty());
    }

    @Test
    void validateWhenThereAreMoreEqualFindingsThanInTheBaselineReportsTheOthers() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPPY manifests manifests\n");
        LayoutReport before = report();
        Path baseline = context.resolveSibling(context.getFileName() + ".json");
        Files.writeString(baseline, text(before, ReportFormat.JSON));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPPY manifests manifests\nCOPPY other other\n");

        LayoutReport after =
                LayoutValidator.builder().baseline(baseline).build().validate(context);
        LayoutReport same = report().withBaseline(baseline);
        Files.delete(baseline);

        assertThat(after.findings())
                .hasSize(1)
                .isEqualTo(same.findings())
                .allSatisfy(it -> assertThat(it.range())
                        .hasValueSatisfying(
                                range -> assertThat(range.start().line()).isEqualTo(3)));
        assertThat(after.suppressed()).hasSameSizeAs(before.findings());
    }

    @Test
    void withBaselineWhenACommentAcceptedAFindingReportsAnEqualOneWithoutAComment() throws IOException {
        String accepted = "FROM scratch\n# sealos-ignore: env-secret it is a test\nENV A_TOKEN=one\n";
        Files.writeString(context.resolve("Kubefile"), accepted);
        Path baseline = Files.writeString(context.resolve("baseline.json"), text(report(), ReportFormat.JSON));
        assertThat(report().suppressed()).hasSize(1);
        Files.writeString(context.resolve("Kubefile"), accepted + "ENV A_TOKEN=two\n");

        assertThat(report().withBaseline(baseline).findings())
                .filteredOn(it -> it.ruleId().equals("env-secret"))
                .hasSize(1)
                .allSatisfy(it -> assertThat(it.toString()).startsWith("Kubefile:4:"));
        LayoutReport report =
                LayoutValidator.builder().baseline(baseline).build().validate(context);
        assertThat(report.findings()).extracting(Finding::ruleId).containsOnlyOnce("env-secret");
    }

    @Test
    void validateWhenTheDirectoryIsMissingSaysThat() {
        Path missing = context.resolve("apps/none");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LayoutValidator.standard().validateAll(List.of(context, missing)))
                .withMessage(missing + ": there is no such directory; check the path");
    }

    @Test
    void baselineWhenItIsNoReportIsRefused() throws IOException {
        Path file = Files.writeString(context.resolve("baseline.json"), "[]");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> LayoutValidator.builder().baseline(file))
                .withMessage(file + ": has no list 'findings'; write the report as JSON (ReportFormat.JSON)");
    }

    @Test
    void ruleWhenItIsTheCallersOwnIsRunWithTheOthers() throws IOException {
        LayoutRule labels =
                LayoutRule.of("label-team", Severity.ERROR, "Every image names its team.", (layout, findings) -> {
                    if (layout.evaluation().stream()
                            .noneMatch(it -> it.config().labels().containsKey("team"))) {
                        findings.report("Kubefile", "there is no label team", "add LABEL team=...");
                    }
                });
        LayoutRule readme =
                LayoutRule.ofFiles("no-readme", Severity.INFO, "No README is shipped.", (file, findings) -> {
                    if (file.name().equals("README.md")) {
                        findings.report(file.path(), "the README is shipped", "add it to .dockerignore");
                    }
                });
        Files.writeString(context.resolve("README.md"), "hello");
        LayoutReport report = LayoutValidator.builder()
                .rule(labels)
                .rule(readme)
                .severity("no-readme", Severity.WARNING)
                .build()
                .validate(context);

        assertThat(report.findings())
                .map(Finding::toString)
                .contains(
                        "Kubefile: error: there is no label team; add LABEL team=... [label-team]",
                        "README.md: warning: the README is shipped; add it to .dockerignore [no-readme]");
    }

    @Test
    void builderWhenARuleIsUnknownOrThereAlreadyRefusesIt() {
        LayoutRule taken = LayoutRule.of("env-secret", Severity.INFO, "Mine.", (layout, findings) -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutValidator.builder().rule(taken))
                .withMessage("there is a rule 'env-secret' already; give it another id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutValidator.builder().disable("env-secrets"))
                .withMessageStartingWith("there is no rule 'env-secrets'; the rules are kubefile-missing, ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LayoutRule.of("My Rule", Severity.INFO, "Mine.", (layout, findings) -> {}))
                .withMessage("'My Rule' is not an id of a rule; write words of a-z and 0-9 with hyphens between them");
    }

    @Test
    void fixedWhenThereAreEditsDoesAllOfThem() throws IOException {
        Files.writeString(context.resolve("manifests/app.json"), "{}");
        Files.writeString(context.resolve("Kubefile"), KUBEFILE + "HEALTHCHECK NONE\n");

        assertThat(report().fixed())
                .hasValueSatisfying(fixed -> assertThat(fixed.toSource()).isEqualTo("""
                        FROM scratch
                        ENV ADMIN_PASSWORD=hunter2
                        COPY . .
                        CMD ["kubectl apply -f manifests"]

                        """));
    }

    private LayoutReport report() throws IOException {
        return LayoutValidator.standard().validate(context);
    }

    private static String text(LayoutReport report, ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, format);
        return text.toString();
    }
}
