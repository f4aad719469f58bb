package io.sealos.oci.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.ConsoleProgress;
import io.sealos.oci.OciLayoutVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildExampleTests {
    @TempDir
    Path directory;

    @Test
    void runWhenExampleIsBuiltFindsEveryImageAndVerifies() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Path output = directory.resolve("out");
        ExampleOptions options = ExampleOptions.parse(List.of("--output", output.toString()));

        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        new BuildExample(options, out, ConsoleProgress.Style.LINES).run();

        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .hasSizeLessThan(24)
                .allSatisfy(line -> assertThat(line)
                        .hasSizeLessThanOrEqualTo(80 + output.toString().length()))
                .contains(
                        "Found 6 images:",
                        "  docker.io/library/busybox:1.36.1                           nginxImages:2",
                        "  registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.4.0  check-job.yaml:17",
                        "  sealos load -i " + output.resolve("nginx.tar"))
                .anyMatch(line -> line.matches("Fetched images: 12 blobs, 13\\.3 kB, [0-9.]+ s"))
                .anyMatch(line ->
                        line.matches("Fetched images: 12 blobs, 13\\.3 kB, [0-9.]+ s;" + " reused 12 blobs, 13\\.3 kB"))
                .noneMatch(line -> line.contains("warning") || line.contains("error"));
        OciLayoutVerifier.verify(output.resolve("layout")).orThrow();
    }

    @Test
    void runWhenOtherValuesAreAskedForShowsTheirImages() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Path output = directory.resolve("out");
        ExampleOptions options = ExampleOptions.parse(List.of("--output", output.toString(), "--what-if"));

        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        new BuildExample(options, out, ConsoleProgress.Style.LINES).run();

        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("Found 6 images:", """

                        With other values:
                        charts/nginx/values.yaml:9: --set logs.enabled=true would add
                          docker.io/fluent/fluent-bit:3.1.9
                        switches: 2 tried, 1 would add images, 0 not determined, 1 add nothing
                        """);
    }

    @Test
    void parseWhenOptionIsUnknownShowsUsage() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ExampleOptions.parse(List.of("--fast")))
                .withMessage("'--fast' is not an option; usage: [--context DIR] [--output DIR] [--real-registries]"
                        + " [--what-if]");
    }
}
