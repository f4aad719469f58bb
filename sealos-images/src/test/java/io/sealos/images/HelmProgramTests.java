package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in the place of {@code helm}: how it is called, and what is made of its output. */
class HelmProgramTests {
    @TempDir
    private Path directory;

    private Path chart;

    @BeforeEach
    void needsShell() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
        chart = ChartDirectory.named(directory, "app").directory();
    }

    @Test
    void givesHelmChartReleaseVersionsAndValuesWhenCalled() throws IOException {
        ChartValues values = ChartValues.of(List.of(
                new ChartValues.Setting(ChartValues.Option.SET_STRING, "tag=1.10"),
                new ChartValues.Setting(ChartValues.Option.VALUES, "/values, all.yaml")));
        ChartRenderRequest request = ChartRenderRequest.of(chart, values, "1.30.1")
                .withRelease("name", "space")
                .withApiVersions(List.of("a/v1", "b/v1/Kind"));
        RenderedChart rendered = render("printf '%s\\n' \"$@\"", request);
        assertThat(rendered.failure()).isEmpty();
        String[] lines = rendered.documents().get(0).text().split("\n", -1);
        assertThat(lines[2]).endsWith("/chart");
        lines[2] = "CHART";
        assertThat(lines)
                .containsExactly(
                        "template",
                        "name",
                        "CHART",
                        "--namespace=space",
                        "--kube-version=1.30.1",
                        "--api-versions=a/v1",
                        "--api-versions=b/v1/Kind",
                        "--values=\"/values, all.yaml\"",
                        "--set-string=tag=1.10",
                        "");
    }

    @Test
    void givesHelmNothingOfTheEnvironmentWhenCalled() throws IOException {
        RenderedChart rendered = render("/usr/bin/env | sort");
        assertThat(rendered.documents().get(0).text().lines().map(it -> it.replaceAll("=.*", "")))
                .contains("HOME", "KUBECONFIG", "LC_ALL")
                .isSubsetOf("HOME", "KUBECONFIG", "LC_ALL", "PWD", "SHLVL", "OLDPWD", "_");
    }

    @Test
    void tellsTemplatesApartWhenHelmPrintsThem() throws IOException {
        RenderedChart rendered = render(
                "printf -- '---\\n# Source: app/templates/a.yaml\\na: ü\\n---\\n# Source: app/templates/b.yaml\\nb: 2\\n'");
        assertThat(rendered.name()).isEqualTo("app");
        assertThat(rendered.documents())
                .extracting(RenderedDocument::template)
                .containsExactly("app/templates/a.yaml", "app/templates/b.yaml");
        assertThat(rendered.documents().get(0).text()).contains("a: ü");
    }

    @Test
    void triesOtherKubernetesWhenChartExcludesIt() throws IOException {
        String script = """
                case "$*" in *--kube-version=1.24.17*) echo 'image: a/b';; *)
                echo 'Error: chart requires kubeVersion: <1.25 which is incompatible with Kubernetes v1' >&2; exit 1;; esac
                """;
        RenderedChart rendered = render(script);
        assertThat(rendered.documents()).hasSize(1);
        assertThat(rendered.notices())
                .containsExactly(
                        "the chart excludes Kubernetes 1.31.0 and was rendered for 1.24.17, the highest version"
                                + " that it allows");
    }

    @Test
    void tellsWhyWhenHelmFailsStallsOrFloods() throws IOException {
        assertThat(render("echo 'Error: execution error at (app/x.yaml:1:3): no image' >&2; exit 1")
                        .failure())
                .contains("Error: execution error at (app/x.yaml:1:3): no image");
        assertThat(render("exit 7").failure()).contains("helm ended with exit code 7");
        assertThat(render("exec sleep 30").failure()).contains("Helm did not finish within 1.0 seconds");
        assertThat(render("while :; do echo 0123456789012345678901234567890123456789; done")
                        .failure())
                .contains("the chart renders to more than 100000 bytes");
    }

    @Test
    void stopsAtOnceWhenInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> render("exec sleep 30")).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private RenderedChart render(String script) throws IOException {
        return render(script, ChartRenderRequest.of(chart, ChartValues.none(), "1.31.0"));
    }

    private RenderedChart render(String script, ChartRenderRequest request) throws IOException {
        Path helm = directory.resolve("helm");
        Files.writeString(helm, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(helm, PosixFilePermissions.fromString("rwx------"));
        ChartLimits limits =
                ChartLimits.defaults().withTime(Duration.ofSeconds(1)).withOutput(100_000);
        return ChartRenderers.program(helm, limits).render(request);
    }
}
