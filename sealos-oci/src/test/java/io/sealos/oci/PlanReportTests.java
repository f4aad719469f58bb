package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ImageScanner;
import io.sealos.images.ScanSession;
import io.sealos.layout.Finding;
import io.sealos.layout.LayoutReport;
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
