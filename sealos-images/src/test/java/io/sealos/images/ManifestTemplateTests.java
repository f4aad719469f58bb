package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTemplateTests {
    private static final String POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n";

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
            assertThat(gap.toString()).startsWith("manifests/p.yaml.tmpl: the template does not render: ");
        });
    }

    @Test
    void readsAsManifestWhenTemplateHasNoActions() throws IOException {
        write("manifests/p.yaml.tmpl", POD + "  - image: r.example/t:1\n");

        assertThat(scan().occurrences())
                .singleElement()
                .satisfies(it -> assertThat(it.line()).isEqualTo(6));
    }

    private ImageInventory scan() throws IOException {
        return ImageScanner.builder().build().scan(context);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(context.resolve(name), text);
    }
}
