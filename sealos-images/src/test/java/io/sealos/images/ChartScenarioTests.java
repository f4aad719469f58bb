package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that reach the real engine. */
class ChartScenarioTests {
    @TempDir
    private Path context;

    @BeforeEach
    void writeChart() throws IOException {
        boolean linux = System.getProperty("os.name", "").equals("Linux");
        assumeTrue(linux && System.getProperty("os.arch", "").equals("amd64"), "the Helm engine is for linux-amd64");
        write("charts/app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\n");
        write("charts/app/values.yaml", "tag: one\nextra: []\nside: {image: a/side:1}\n");
        write("charts/app/templates/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: "{{ .Release.Name }}", namespace: "{{ .Release.Namespace }}"}
                spec:
                  containers:
                    - image: "a/app:{{ .Values.tag }}"
                {{- if .Values.side }}
                    - image: {{ .Values.side.image }}
                {{- end }}
                {{- range .Values.extra }}
                    - image: {{ . }}
                {{- end }}
                """);
    }

    @Test
    void unitesImagesAndSaysWhatEachScenarioAdds() throws IOException {
        ImageInventory inventory = scanWithScenarios();
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/app:20240101", "a/app:dev", "a/app:one", "a/extra:1", "a/side:1", "a/side:2");
        assertThat(inventory.scenarios())
                .extracting(RenderedScenario::toString)
                .containsExactly(
                        "charts/app with defaults: 2 images, 0 added",
                        "charts/app with dev: 1 image, 1 added: a/app:dev",
                        "charts/app with dated: 3 images, 3 added: a/app:20240101, a/extra:1, a/side:2");
    }

    @Test
    void tellsWhichScenariosHaveAnImage() throws IOException {
        ImageInventory inventory = scanWithScenarios();
        assertThat(inventory.occurrences(ImageReference.parse("a/side:1")))
                .extracting(it -> it.finder() + " " + it.scenarios())
                .containsExactly("pod-spec [defaults]", "image-field []");
        assertThat(inventory.explain(ImageReference.parse("a/side:2"))).isEqualTo("""
                docker.io/a/side:2 is saved
                  charts/app, rendered app/templates/pod.yaml:7
                    CERTAIN by pod-spec, spec.containers[1].image, with the values of dated""");
        assertThat(inventory.toJson()).contains("""
                      "template": "app/templates/pod.yaml",
                      "scenarios": [
                        "dated"
                      ],
            """);
    }

    private ImageInventory scanWithScenarios() throws IOException {
        write("dev.yaml", "tag: dev\nside: null\n");
        ChartScenario dev =
                ChartScenario.builder("dev").values(context.resolve("dev.yaml")).build();
        ChartScenario dated = ChartScenario.builder("dated")
                .chart("app")
                .set("tag", "20240101")
                .setJson("extra", "[\"a/extra:1\"]")
                .setString("side.image", "a/side:2")
                .build();
        ChartScenario other =
                ChartScenario.builder("other").chart("other").set("tag", "no").build();
        return ImageScanner.builder()
                .scenario(dev)
                .scenario(dated)
                .scenario(other)
                .build()
                .scan(context);
    }

    @Test
    void rendersWithValuesThatScriptWritesItself() throws IOException {
        write("Kubefile", """
                FROM scratch
                ENV TAG=1.10 HELM_OPTS="--set extra={a/x:1}"
                COPY . .
                ENTRYPOINT ["bash run.sh"]
                CMD ["helm upgrade -i app charts/app $(HELM_OPTS)"]
                """);
        write("run.sh", """
                cat > /tmp/values.yaml <<EOF
                tag: "${TAG}"
                EOF
                sed -i 's/one/two/' charts/app/values.yaml
                helm upgrade -i app charts/app -n prod --create-namespace -f /tmp/values.yaml --set side=null
                """);
        ImageInventory inventory = ImageScanner.builder().build().scan(context);
        assertThat(inventory.scenarios())
                .extracting(RenderedScenario::toString)
                .containsExactly(
                        "charts/app with defaults: 2 images, 0 added",
                        "charts/app with helm upgrade app (run.sh:5): 1 image, 1 added: a/app:1.10",
                        "charts/app with helm upgrade app (Kubefile:5): 3 images, 1 added: a/x:1");
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "run.sh:5: the chart's file /charts/app/values.yaml is changed before; the chart was rendered"
                                + " without that",
                        "Kubefile:5: the chart's file /charts/app/values.yaml is changed before; the chart was rendered"
                                + " without that");
    }

    @Test
    void reportsScenarioWhenHelmRefusesItsValues() throws IOException {
        write("broken.yaml", "- no\n");
        ImageInventory inventory = ImageScanner.builder()
                .scenario(ChartScenario.builder("list")
                        .values(context.resolve("broken.yaml"))
                        .build())
                .scenario(ChartScenario.builder("comma").set("tag", "a,b").build())
                .build()
                .scanChart(context.resolve("charts/app"));
        assertThat(inventory.references()).hasSize(2);
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .isEqualTo(List.of(
                        "app: the chart does not render with the values of list: failed to parse broken.yaml: it is not a"
                                + " mapping of keys to values",
                        "app: the chart does not render with the values of comma: failed parsing --set data 'tag=a,b':"
                                + " key \"b\" has no value"));
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
