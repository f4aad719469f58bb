package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageScanner;
import io.sealos.images.ScanSession;
import io.sealos.kubefile.Platform;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutException;
import io.sealos.layout.LayoutReport;
import io.sealos.layout.LayoutRule;
import io.sealos.layout.LayoutValidator;
import io.sealos.layout.ReportFormat;
import io.sealos.layout.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanReportTests {
    @TempDir
    private Path directory;

    private Path context;

    @BeforeEach
    void writeContext() throws IOException {
        context = Files.createDirectories(directory.resolve("apps/context"));
        Files.createDirectories(context.resolve("manifests"));
        Files.writeString(context.resolve("Kubefile"), """
                FROM scratch
                # sealos-ignore: env-secret the password of a demo
                ENV ADMIN_PASSWORD=hunter2
                COPY . .
                CMD ["kubectl", "apply -f manifests"]
                """);
        Files.writeString(
                context.resolve("manifests/app.yaml"), "kind: Pod\nspec: {containers: [{image: a/b}, {image: ''}]}\n");
        Files.writeString(context.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n");
    }

    private ClusterImage image() throws IOException {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .saveImages(false)
                .build();
    }

    private static String text(LayoutReport report, ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        report.writeTo(text, format);
        return text.toString();
    }

    @Test
    void reportWhenPlannedOrBuiltIsThatOfTheDirectory() throws IOException {
        LayoutReport checked = LayoutValidator.standard().validate(context);
        ClusterImage image = image();
        BuildResult result = image.writeTo(OciLayout.directory(directory.resolve("out")));

        for (LayoutReport report : List.of(image.plan().report(), result.report())) {
            for (ReportFormat format : ReportFormat.values()) {
                assertThat(text(report, format)).isEqualTo(text(checked, format));
            }
            assertThat(report.findings()).map(Finding::ruleId).contains("command-argv", "image-without-version");
            assertThat(report.suppressed()).hasSize(1);
            assertThat(report.has(Severity.WARNING)).isTrue();
            assertThat(report.fixed().map(it -> it.toSource()))
                    .isEqualTo(checked.fixed().map(it -> it.toSource()));
            assertThat(report.gaps()).isEqualTo(checked.gaps());
        }
        assertThat(image.plan().findings()).isEqualTo(image.plan().report().findings());
    }

    @Test
    void buildWhenValidatorHasOwnRulesReportsAndRefusesAsItDoes() throws IOException {
        LayoutRule team = LayoutRule.of("team-label-missing", Severity.ERROR, "No team.", (layout, findings) -> {
            if (layout.evaluation()
                    .filter(it -> it.config().labels().containsKey("team"))
                    .isEmpty()) {
                findings.report("Kubefile", "nobody is responsible for this image", "add LABEL team=NAME");
            }
        });
        LayoutValidator validator = LayoutValidator.builder()
                .rule(team)
                .disable("image-without-version")
                .severity("secret-in-file", Severity.INFO)
                .build();
        ClusterImageBuilder builder = ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .validator(validator);

        LayoutReport report = builder.build().plan().report();
        assertThat(report).isEqualTo(validator.validate(context));
        assertThat(report.findings())
                .map(Finding::ruleId)
                .contains("team-label-missing")
                .doesNotContain("image-without-version");
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(() -> builder.failOn(Severity.ERROR).build())
                .withMessageContaining("Kubefile: error: nobody is responsible for this image; add LABEL team=NAME"
                        + " [team-label-missing]");
        assertThat(builder.label("team", "shop").build().plan().report().hasErrors())
                .isFalse();
    }

    @Test
    void buildWhenLockedAndVersionRuleIsDisabledAlreadyDoesNotNeedIt() throws IOException {
        ImageReference image = ImageReference.parse("docker.io/a/b");
        ImageLock lock = ImageLock.builder()
                .add(image, Digest.parse("sha256:" + "a".repeat(64)), Platform.parse("linux/amd64"), List.of())
                .build();
        LayoutValidator validator =
                LayoutValidator.builder().disable("image-without-version").build();

        assertThat(ClusterImage.builder()
                        .context(context)
                        .validator(validator)
                        .lock(lock)
                        .build()
                        .plan()
                        .findings())
                .isNotEmpty();
    }

    @Test
    void reportWhenPlansOfASessionAreMergedHasPathsBelowTheRoot() throws IOException {
        try (ScanSession session = ImageScanner.builder().build().openSession()) {
            ClusterImage image = ClusterImage.builder()
                    .context(context)
                    .scanner(session.scanner())
                    .contentStore(directory.resolve("store"))
                    .build();
            LayoutReport all =
                    LayoutReport.merged(directory, Map.of(context, image.plan().report()));

            assertThat(all.findings())
                    .isNotEmpty()
                    .allSatisfy(it -> assertThat(it.path()).startsWith("apps/context/"));
        }
    }
}
