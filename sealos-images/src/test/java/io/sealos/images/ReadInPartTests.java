package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and scripts that are read only in part: whether an image may be lost in the rest. */
class ReadInPartTests {
    private static final String BROKEN = "broken: [1\nkind: Deployment\n";

    @TempDir
    private Path context;

    private static ImageInventory scan(ImageScanner scanner, String text) throws IOException {
        return scanner.scanManifest("m.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ImageInventory scan(String text) throws IOException {
        return scan(ImageScanner.builder().build(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  apiVersion: networking.k8s.io/v1\n  host: api.example.com\n",
                "  - image: a/b:1\n    imagePullPolicy: Always\n  imagePullSecrets:\n",
                "  - image: \"registry.example/web-image:1\"   # the image\n",
                "  {image: a/b:1, name: x}\n",
                "# image: nginx\n",
                "  args: [--config, /etc/app.conf]\n",
            })
    void scanWhenBrokenDocumentHidesNoImageIsComplete(String lines) throws IOException {
        ImageInventory inventory = scan(BROKEN + lines);

        assertThat(inventory.problems()).extracting(ScanProblem::kind).containsExactly(Kind.READ_IN_PART);
        assertThat(inventory.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  - image: nginx\n",
                "  - image:\n      nginx:1\n",
                "  - image: a/b:$TAG\n",
                "  - image: a/b$SUFFIX:1\n",
                "  - image: {{ .Values.image }}\n",
                "  - image: a/b:1\n    sidecarImage: nginx\n",
                "  - {image: a/b:1}, {image: nginx}\n",
                "  - --image=nginx\n",
                "  - IMAGE\n",
                "  repository: a/b\n  tag: v1\n",
                "  package: xpkg.example.com/a/b\n",
                "  - name: OPERAND\n    value: quay.io/a/b:v1\n",
                "kind: Secret\ndata:\n  x: cXVheS5pby9hL2I6MQ==\n",
            })
    void scanWhenBrokenDocumentMayHideAnImageHasGap(String lines) throws IOException {
        ImageInventory inventory = scan(BROKEN + lines);

        assertThat(inventory.gaps())
                .extracting(it -> it.kind() + " " + it.fix())
                .containsExactly("UNREAD correct it, or list its images in a file of images/shim");
        assertThat(inventory.isComplete()).isFalse();
    }

    @Test
    void scanWhenUserHasFindersCountsEveryBrokenDocumentAsGap() throws IOException {
        ImageScanner scanner = ImageScanner.builder().finder(field -> List.of()).build();

        assertThat(scan(scanner, BROKEN).gaps()).extracting(ScanProblem::kind).containsExactly(Kind.UNREAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image: a/b:1 true", "image: nginx false"})
    void scanWhenDocumentIsTooLargeLooksAtAllItsParts(String test) throws IOException {
        String last = test.substring(0, test.lastIndexOf(' '));
        String filler = ("x: " + "y".repeat(1000) + "\n").repeat(9_000);
        ImageInventory inventory = scan("kind: Pod\n" + filler + last + "\n---\nimage: redis:7\n");

        assertThat(inventory.problems())
                .singleElement()
                .satisfies(it -> assertThat(it.line()).isEqualTo(1));
        assertThat(inventory.isComplete()).isEqualTo(test.endsWith("true"));
    }

    @Test
    void scanWhenChartHasImageNamesTheFileOfTheChart() throws IOException {
        ChartDirectory.assumeEngine();
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY charts charts\nCMD [\"echo ready\"]\n");
        ChartDirectory.named(context.resolve("charts"), "web")
                .with("templates/pod.yaml", ChartDirectory.pod("a/b:1"))
                .with("templates/NOTES.txt", "see a/c:1\n")
                .with("values.yaml", "x: 1\nother:\n  image: a/d:1\n");
        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(inventory.occurrences(ImageReference.parse("a/b:1")))
                .extracting(ImageOccurrence::location)
                .singleElement()
                .asString()
                .matches("charts/web/templates/pod\\.yaml:[1-9]");
        assertThat(inventory.occurrences(ImageReference.parse("a/d:1")))
                .extracting(ImageOccurrence::location)
                .containsExactly("charts/web/values.yaml:3");
    }

    private List<String> problemsOf(String script) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY . .\nCMD [\"bash a.sh\"]\n");
        Files.writeString(context.resolve("a.sh"), script);
        return ImageScanner.builder().build().scan(context).problems().stream()
                .map(it -> it.kind() + " " + it)
                .toList();
    }

    @Test
    void scanWhenLoopsHaveTooManyRoundsHasGapWhereTheyDiffer() throws IOException {
        String images = IntStream.range(0, 201).mapToObj(it -> "a/b:" + it).collect(Collectors.joining(" "));
        String list = images.replace(' ', '\n');
        String reason = " a.sh: the shell script has a loop of more than 200 rounds; not all were followed";

        assertThat(problemsOf("for i in {1..300}; do kubectl get pod && break; sleep 1; done\n"))
                .containsExactly("READ_IN_PART" + reason);
        assertThat(problemsOf("for i in " + images + "; do crictl pull $i; done\n"))
                .containsExactly("UNREAD" + reason);
        assertThat(problemsOf("while read -r i; do crictl pull $i; done <<EOF\n" + list + "\nEOF\n"))
                .containsExactly("UNREAD" + reason);
        assertThat(problemsOf(
                        "for i in {1..300}; do sleep 1; done\nfor i in " + images + "; do crictl pull $i; done\n"))
                .containsExactly("UNREAD" + reason);
    }

    @Test
    void scanWhenScriptIsNotUnderstoodHasGapIfItInstalls() throws IOException {
        String reason = " a.sh:3: the shell script is not understood from here on: it lacks 'fi'";

        assertThat(problemsOf("if x; then\necho no\n")).containsExactly("READ_IN_PART" + reason);
        assertThat(problemsOf("if x; then\ncrictl pull a/b:1\n")).containsExactly("UNREAD" + reason);
    }
}
