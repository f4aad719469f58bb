package io.sealos.oci.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

        new BuildExample(options, new PrintStream(shown, true, StandardCharsets.UTF_8)).run();

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains(
                        "  docker.io/library/nginx:1.25.3\n      manifests/nginx/deployment.yaml:",
                        "  docker.io/nginxinc/nginx-unprivileged:1.25.3\n",
                        "  docker.io/nginx/nginx-prometheus-exporter:0.11.0\n",
                        "  registry.k8s.io/ingress-nginx/kube-webhook-certgen:v1.4.0\n",
                        "  quay.io/example/wait-for:1.0.2\n",
                        "  docker.io/library/busybox:1.36.1\n      images/shim/nginxImages:2",
                        "\nsaved docker.io/library/nginx:1.25.3 sha256:")
                .doesNotContain("warning", "error");
        OciLayoutVerifier.verify(output.resolve("layout")).orThrow();
    }

    @Test
    void parseWhenOptionIsUnknownShowsUsage() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ExampleOptions.parse(List.of("--fast")))
                .withMessage("'--fast' is not an option; usage: [--context DIR] [--output DIR] [--real-registries]");
    }
}
