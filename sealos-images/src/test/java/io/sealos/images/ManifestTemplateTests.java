package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTemplateTests {
    private static final String POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n";

    @AutoClose
    private static final ScanSession SESSION = ImageScanner.builder().build().openSession();

    @TempDir
    Path context;

    @BeforeEach
    void createContext() throws IOException {
        Files.createDirectory(context.resolve("manifests"));
        write("Kubefile", "FROM scratch\nENV VER=6.5 ON=yes\n");
    }

    @Test
    void rendersWithTheEnvironmentWhenManifestIsATemplate() throws IOException {
        write("manifests/p.yaml.tmpl", POD + """
                  # a comment
                {{- if .ON }}
                  - name: a
                    image: r.example/t:{{ .VER | trimPrefix "v" }}
                {{- end }}
                {{- if .OFF }}
                  - name: b
                    image: r.example/off:1
                {{- end }}
                """);

        ImageInventory inventory = scan();

        assertThat(inventory.references()).hasToString("[r.example/t:6.5]");
        assertThat(inventory.occurrences(ImageReference.parse("r.example/t:6.5")))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.file()).isEqualTo("manifests/p.yaml.tmpl");
                    assertThat(it.line()).isEqualTo(9);
                    assertThat(it.confidence()).isEqualTo(Confidence.CERTAIN);
                });
        assertThat(inventory.references(Confidence.POSSIBLE)).hasToString("[r.example/off:1]");
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void reportsGapWhenNothingSetsTheVariableOfAnImage() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - {name: a, zone: '{{ .ZONE }}'}\n  - image: {{ .REG }}/t:1\n");

        ImageInventory inventory = scan();

        assertThat(inventory.references()).isEmpty();
        assertThat(inventory.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.UNSET);
            assertThat(gap)
                    .hasToString("manifests/p.yaml.tmpl:7: the image needs the variable REG, which nothing sets");
            assertThat(gap.fix())
                    .isEqualTo("set the variable in the Kubefile, or list its images in a file of images/shim");
        });
    }

    @Test
    void saysNothingWhenVariableHasADefaultOrIsNotRendered() throws IOException {
        write("manifests/p.yaml.tmpl", POD + """
                  - image: r.example/t:{{ .TAG | default "1.0" }}
                {{ if .OFF }}
                  - image: r.example/off:{{ .OTHER }}
                {{ end }}
                """);

        assertThat(scan().references()).hasToString("[r.example/t:1.0]");
        assertThat(scan().problems()).isEmpty();
    }

    @Test
    void reportsGapAndReadsLinesWhenTemplateDoesNotRender() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - image: r.example/t:1\n{{ if }}\n");

        ImageInventory inventory = scan();

        assertThat(inventory.references()).hasToString("[r.example/t:1]");
        assertThat(inventory.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.UNREAD);
            assertThat(gap).hasToString("manifests/p.yaml.tmpl:7: the template does not render: a value is missing");
        });
    }

    @Test
    void readsAsManifestWhenTemplateHasNoActions() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - image: r.example/t:1\n");

        assertThat(scan().occurrences())
                .singleElement()
                .satisfies(it -> assertThat(it.line()).isEqualTo(6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            r.e/t{{ .NO }} ; NO
            {{ .NO }}app:1 ; NO
            {{ .REG | default "r.e" }}/t:{{ .NO }} ; NO
            {{ $tag := .NO }}r.e/t:{{ $tag }} ; NO
            {{ printf "%s/t:1" .NO }} ; NO
            {{ with .VER }}r.e/t:{{ $.NO }}{{ end }} ; NO
            r.e/t:{{ trimPrefix "v" .NO }} ; NO
            """)
    void reportsGapWhenAnyPartOfTheImageIsNotSet(String image, String variable) throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - {name: a, env: [{name: B_IMAGE, value: '" + image + "'}]}\n");

        assertThat(scan().references()).isEmpty();
        assertThat(scan().gaps())
                .singleElement()
                .satisfies(gap -> assertThat(gap)
                        .hasToString("manifests/p.yaml.tmpl:6: the image needs the variable " + variable
                                + ", which nothing sets"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            r.e/t:{{ if .NO }}{{ .NO }}{{ else }}1{{ end }}
            r.e/t:{{ or .NO "1" }}
            r.e/t:{{ coalesce .NO "1" }}
            {{ $t := .NO }}{{ if not $t }}{{ $t = "1" }}{{ end }}r.e/t:{{ $t }}
            r.e/t:{{ with .NO }}{{ . }}{{ else }}1{{ end }}
            {{ range list (dict "tag" "1") }}r.e/t:{{ .tag }}{{ end }}
            {{ define "i" }}r.e/t:1{{ end }}{{ template "i" . }}
            {{/* {{ .NO }} */}}r.e/t:{{ "1" }}
            r.e/t:1{{ `` }}
            """)
    void savesTheImageWhenItNeedsNoVariableThatIsNotSet(String image) throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - name: a\n    image: " + image + "\n");

        assertThat(scan().references()).hasToString("[r.e/t:1]");
        assertThat(scan().problems()).isEmpty();
    }

    @Test
    void reportsGapWhenTheTemplateCallsAFunctionThatSealosLacks() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - image: r.e/t:{{ required \"x\" .VER }}\n");

        assertThat(scan().gaps())
                .map(ScanProblem::toString)
                .containsExactly(
                        "manifests/p.yaml.tmpl:6: the template does not render: there is no function required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifests", "etc"})
    void takesTheTemplateWhenItOverwritesAManifest(String directory) throws IOException {
        Files.createDirectories(context.resolve(directory));
        write("Kubefile", "FROM scratch\nENV VER=2\nCOPY . .\nCMD [\"kubectl apply -f " + directory + "/p.yaml\"]\n");
        write(directory + "/p.yaml", POD + "  - image: r.e/t:1\n");
        write(directory + "/p.yaml.tmpl", POD + "  - image: r.e/t:{{ .VER }}\n");

        assertThat(scan().references()).hasToString("[r.e/t:2]");
    }

    @Test
    void readsTheRenderedScriptWhenACommandRunsIt() throws IOException {
        Files.createDirectories(context.resolve("scripts"));
        Files.createDirectories(context.resolve("etc"));
        write("Kubefile", "FROM scratch\nENV VER=2\nCOPY . .\nCMD [\"bash scripts/run.sh\"]\n");
        write("scripts/run.sh.tmpl", """
                {{- if .VER }}
                kubectl apply -f etc/p.yaml
                cat etc/q.yaml | kubectl apply -f -
                {{- end }}
                crictl pull r.e/s:{{ .VER }}
                """);
        write("etc/p.yaml.tmpl", POD + "  - image: r.e/p:{{ .VER }}\n");
        write("etc/q.yaml.tmpl", POD + "  - image: r.e/q:{{ .VER }}\n");

        assertThat(scan().references()).map(ImageReference::toString).contains("r.e/p:2", "r.e/q:2", "r.e/s:2");
        assertThat(scan().problems()).isEmpty();
        assertThat(scan().commandNeeds()).filteredOn(it -> !it.isThere()).isEmpty();
    }

    @Test
    void reportsGapWhenAScriptNeedsAVariableThatNothingSets() throws IOException {
        Files.createDirectories(context.resolve("scripts"));
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash scripts/run.sh\"]\n");
        write("scripts/run.sh.tmpl", "# {{ .OTHER }}\ncrictl pull {{ .REG }}/s:1\n");

        assertThat(scan().gaps())
                .singleElement()
                .hasToString("scripts/run.sh.tmpl:2: a command reads this file, which needs the variable REG, which"
                        + " nothing sets");
    }

    @Test
    void reportsGapWhenAScriptDoesNotRender() throws IOException {
        Files.createDirectories(context.resolve("scripts"));
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"bash scripts/run.sh\"]\n");
        write("scripts/run.sh.tmpl", "crictl pull r.e/s:1\n{{ end }}\n");

        assertThat(scan().gaps())
                .first()
                .hasToString("scripts/run.sh.tmpl:2: the template does not render: an end closes nothing");
    }

    @Test
    void reportsGapWhenTheEngineReturnsNoText() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - image: r.e/p:{{ .VER }}\n");
        ChartRenderer other = request ->
                RenderedChart.of("c", List.of(RenderedDocument.of("c/templates/a.yaml", "kind: Pod\n")), List.of());

        assertThat(ImageScanner.builder()
                        .chartRenderer(other)
                        .build()
                        .scan(context)
                        .gaps())
                .singleElement()
                .hasToString(
                        "manifests/p.yaml.tmpl: the template does not render: the chart engine returned no text for"
                                + " it");
    }

    private ImageInventory scan() throws IOException {
        return SESSION.scanner().scan(context);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(context.resolve(name), text);
    }
}
