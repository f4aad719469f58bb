package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the parts of a chart that are rendered, the values that are used, and the problems of charts that are not
 * rendered.
 */
class ChartRenderingTests {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsEngine() {
        ChartDirectory.assumeEngine();
    }

    @Test
    void rendersDependenciesWhenTheyAreArchivesInArchives() throws IOException {
        Path inner = directory.resolve("inner.tgz");
        ChartDirectory.archive(inner, entries("inner", ChartDirectory.pod("a/inner:1")));
        Map<String, byte[]> middle = entries("middle", ChartDirectory.pod("a/middle:1"));
        middle.put("middle/charts/inner-0.1.0.tgz", Files.readAllBytes(inner));
        ChartDirectory.archive(directory.resolve("middle.tgz"), middle);
        Map<String, byte[]> outer = entries("outer", ChartDirectory.pod("a/outer:1"));
        outer.put("outer/charts/middle-0.1.0.tar.gz", Files.readAllBytes(directory.resolve("middle.tgz")));
        outer.put("outer/.helmignore", ChartDirectory.bytes("templates\n"));
        Path chart = directory.resolve("outer.tar.gz");
        ChartDirectory.archive(chart, outer);
        for (ChartRenderer renderer : List.of(ChartRenderers.childProcess(), ChartRenderers.inProcess())) {
            assertThat(images(chart, renderer))
                    .containsExactly(
                            "a/outer:1 outer/templates/x.yaml",
                            "a/middle:1 outer/charts/middle/templates/x.yaml",
                            "a/inner:1 outer/charts/middle/charts/inner/templates/x.yaml");
        }
    }

    private static Map<String, byte[]> entries(String name, String template) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(name + "/Chart.yaml", ChartDirectory.bytes("apiVersion: v2\nname: " + name + "\nversion: 0.1.0\n"));
        entries.put(name + "/templates/x.yaml", ChartDirectory.bytes(template));
        return entries;
    }

    @Test
    void leavesOutWhatHelmIgnoresWhenChartIsDirectory() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with(".helmignore", "# none of these\n*.bak.yaml\n/templates/off/\nkeep?[^b].yaml\n")
                .with("templates/a.yaml", ChartDirectory.pod("a/a:1"))
                .with("templates/a.bak.yaml", "{{ fail \"ignored\" }}")
                .with("templates/off/b.yaml", "{{ fail \"ignored\" }}")
                .with("templates/keep1b.yaml", ChartDirectory.pod("a/b:1"))
                .with("templates/keep1c.yaml", "{{ fail \"ignored\" }}")
                .directory();
        assertThat(images(chart, ChartRenderers.childProcess()))
                .containsExactly("a/a:1 app/templates/a.yaml", "a/b:1 app/templates/keep1b.yaml");
    }

    @Test
    void rendersLinkedTemplatesWhenTheyStayInChart() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with("files/x.yaml", ChartDirectory.pod("a/a:1"))
                .directory();
        Files.createDirectories(chart.resolve("templates"));
        Files.createSymbolicLink(chart.resolve("templates/more"), Path.of("../files"));
        assertThat(images(chart, ChartRenderers.childProcess())).containsExactly("a/a:1 app/templates/more/x.yaml");
    }

    @Test
    void rendersEachTemplateOnceWhenOthersIncludeItToo() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with("templates/config.yaml", "kind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n")
                .with(
                        "templates/pod.yaml",
                        "{{- define \"app.tag\" }}1{{ end }}"
                                + ChartDirectory.pod(
                                        "a/a:{{ include (print $.Template.BasePath \"/config.yaml\") . | len }}"))
                .with(
                        "templates/own.yaml",
                        ChartDirectory.pod(
                                "a/b:{{ include (print .Template.BasePath \"/config.yaml\") (dict) | len }}"))
                .with("templates/name.yaml", ChartDirectory.pod("a/{{ base .Template.Name }}:1"))
                .directory();
        assertThat(images(chart, ChartRenderers.childProcess()))
                .containsExactly(
                        "a/name.yaml:1 app/templates/name.yaml",
                        "a/b:49 app/templates/own.yaml",
                        "a/a:49 app/templates/pod.yaml");
    }

    @Test
    void answersQuestionsForApiVersionsWhenTheyAreGiven() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with("values.yaml", "wanted: b/v1\n")
                .with("templates/x.yaml", """
                        {{- define "has" }}{{ if .Capabilities.APIVersions.Has "a/v1/A" }}a{{ else }}no{{ end }}{{ end }}
                        {{- $other := not ($.Capabilities.APIVersions.Has (printf "%s/B" .Values.wanted)) }}
                        image: x/{{ include "has" . }}:{{ $other }}-{{ .Capabilities.APIVersions.Has "c/v1" }}-{{ .Capabilities.APIVersions.Has "v1" }}
                        """)
                .directory();
        for (ChartRenderer renderer : List.of(ChartRenderers.childProcess(), ChartRenderers.inProcess())) {
            ImageScanner.Builder scanner = ImageScanner.builder().chartRenderer(renderer);
            assertThat(scanner.build().scanChart(chart).occurrences())
                    .extracting(it -> it.reference().familiarString())
                    .containsExactly("x/no:true-false-true");
            assertThat(scanner.apiVersions("a/v1/A", "b/v1/B")
                            .build()
                            .scanChart(chart)
                            .occurrences())
                    .extracting(it -> it.reference().familiarString())
                    .containsExactly("x/a:false-false-true");
        }
    }

    @Test
    void takesHighestKubernetesThatChartNamesWhenItExcludesTheWanted() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with("Chart.yaml", "apiVersion: v2\nname: app\nversion: 0.1.0\nkubeVersion: '>=1.20.0-0 <1.24.5'\n")
                .with("templates/x.yaml", ChartDirectory.pod("a/a:{{ .Capabilities.KubeVersion.Version }}"))
                .directory();
        RenderedChart rendered =
                ChartRenderers.childProcess().render(ChartRenderRequest.of(chart, ChartValues.none(), "1.31.0"));
        assertThat(rendered.documents().get(0).text()).contains("a/a:v1.24.4");
        assertThat(rendered.notices())
                .containsExactly("the chart excludes Kubernetes 1.31.0 and was rendered for 1.24.4, the highest version"
                        + " that it allows");
    }

    @Test
    void tellsHelmsWordsWithFileAndLineWhenChartDoesNotRender() throws IOException {
        Path required = ChartDirectory.named(directory, "required")
                .with("templates/a.yaml", "kind: A\n{{ required \"which image?\" .Values.image }}\n")
                .directory();
        Path missing = ChartDirectory.named(directory, "missing")
                .with("templates/a.yaml", "kind: A\nimage: {{ .Values.image.tag }}\n")
                .directory();
        for (ChartRenderer renderer : List.of(ChartRenderers.childProcess(), ChartRenderers.inProcess())) {
            assertThat(failure(required, renderer))
                    .isEqualTo("execution error at (required/templates/a.yaml:2:3): which image?");
            assertThat(failure(missing, renderer))
                    .contains("missing/templates/a.yaml:2:17")
                    .contains("<.Values.image.tag>: nil pointer evaluating interface {}.tag");
        }
    }

    @Test
    void findsNothingWhenChartIsLibraryOrEmpty() throws IOException {
        Path library = ChartDirectory.named(directory, "library")
                .with("Chart.yaml", "apiVersion: v2\nname: library\nversion: 0.1.0\ntype: library\n")
                .directory();
        assertThat(images(library, ChartRenderers.childProcess())).isEmpty();
        Path empty = ChartDirectory.named(directory, "empty").directory();
        assertThat(images(empty, ChartRenderers.childProcess())).isEmpty();
    }

    @Test
    void failsInHelmsWordsWhenNotesRefuse() throws IOException {
        ChartDirectory refusing = ChartDirectory.named(directory, "refusing")
                .with("templates/a.yaml", ChartDirectory.pod("a/app:1", ""))
                .with("templates/NOTES.txt", "Go to\n{{ required \"which host?\" .Values.host }}\n");
        for (ChartRenderer renderer : List.of(ChartRenderers.childProcess(), ChartRenderers.inProcess())) {
            assertThat(failure(refusing.directory(), renderer))
                    .isEqualTo("execution error at (refusing/templates/NOTES.txt:2:3): which host?");
        }
        Path chart = refusing.with("values.yaml", "host: a.example\n").directory();
        assertThat(images(chart, ChartRenderers.childProcess())).containsExactly("a/app:1 refusing/templates/a.yaml");
    }

    @Test
    void keepsImagesApartWhenNotesAndSchemasNameSome() throws IOException {
        Path chart = ChartDirectory.named(directory, "app")
                .with("templates/NOTES.txt", "image: a/notes:1, and {{ .Release.Name }} runs a/notes:2\n")
                .with("crds/x.yaml", "kind: CustomResourceDefinition\nimage: a/crd:1\n")
                .with("templates/hook.yaml", ChartDirectory.pod("a/hook:1", "annotations: {helm.sh/hook: post-delete}"))
                .with("templates/test.yaml", ChartDirectory.pod("a/test:1", "annotations: {helm.sh/hook: test}"))
                .directory();
        ImageInventory inventory = ImageScanner.builder().build().scanChart(chart);
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/hook:1");
        assertThat(inventory.occurrences())
                .extracting(it -> it.reference().familiarString() + " " + it.isTestHook())
                .containsExactly("a/hook:1 false", "a/test:1 true");
    }

    private static List<String> images(Path chart, ChartRenderer renderer) throws IOException {
        ImageInventory inventory =
                ImageScanner.builder().chartRenderer(renderer).build().scanChart(chart);
        assertThat(inventory.problems()).isEmpty();
        return inventory.occurrences().stream()
                .map(it -> it.reference().familiarString() + " " + it.template().orElse(""))
                .toList();
    }

    private static String failure(Path chart, ChartRenderer renderer) throws IOException {
        return renderer.render(ChartRenderRequest.of(chart, ChartValues.none(), "1.31.0"))
                .failure()
                .orElse("");
    }
}
