package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageInventoryTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    private static final String DOCUMENTED_JSON = """
        {
          "version": 1,
          "images": [
            {
              "reference": "docker.io/c/d:1",
              "saved": false,
              "occurrences": [
                {
                  "file": "images/shim/list",
                  "line": 1,
                  "column": 1,
                  "path": "",
                  "chart": "",
                  "template": "",
                  "scenarios": [],
                  "commands": [],
                  "replaced": [],
                  "hook": "",
                  "finder": "shim-list",
                  "reason": "",
                  "confidence": "CERTAIN",
                  "ignoredBy": ".sealignore:1",
                  "storage": "REGISTRY"
                }
              ]
            }
          ],
          "scenarios": [],
          "problems": [
            {
              "kind": "UNREAD",
              "file": "images/shim/list",
              "line": 2,
              "message": "'No' is not an image reference: its repository 'No' has upper-case letters; write it in \
        lower case; write one reference a line",
              "fix": "correct it, or list its images in a file of images/shim",
              "gap": true
            }
          ],
          "notices": [
            ".sealignore:2 matches no image that was found; sealos compares whole lines, so write \
        'docker.io/c/d:2', or the name as images/shim has it"
          ],
          "commandNeeds": [],
          "siteNeeds": [],
          "testHooks": false,
          "sealos": {
            "images": [
              "No"
            ],
            "missed": [],
            "inventions": [
              {
                "image": "No",
                "place": "images/shim/list:2",
                "reason": "it is not an image reference"
              }
            ],
            "failures": [
              "images/shim/list:2: 'No' is not an image reference"
            ],
            "archives": [],
            "endless": false
          }
        }
        """;

    @TempDir
    private Path context;

    private ImageInventory inventory;

    @BeforeEach
    void scan() throws IOException {
        write("manifests/app.yaml", """
                containers:
                  - image: a/b:1
                    args: ["ctr run docker.io/c/d:1 x"]
                ---
                {{ c/possible:1
                """);
        write("charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n");
        write("images/shim/list", "c/d:2@" + SHA + "\nc/d:3\nNo\n");
        write(".sealignore", "c/d:3");
        inventory = ImageScanner.builder().chartRenderer(this::render).build().scan(context);
    }

    private RenderedChart render(ChartRenderRequest request) {
        RenderedDocument pod = RenderedDocument.of("app/templates/pod.yaml", """
                metadata: {annotations: {helm.sh/hook: pre-install}}
                containers:
                  - image: a/b:1
                """);
        RenderedDocument test = RenderedDocument.of("app/templates/test.yaml", """
                metadata: {annotations: {helm.sh/hook: test}}
                containers: [{image: a/test:1}]
                """);
        return RenderedChart.of("app", List.of(pod, test), List.of());
    }

    @Test
    void listsImagesByTheirSurestOccurrenceWhenAskedForConfidence() {
        assertThat(inventory.references(Confidence.CERTAIN))
                .extracting(ImageReference::familiarString)
                .containsExactly("a/b:1", "c/d:2@" + SHA);
        assertThat(inventory.references(Confidence.LIKELY))
                .extracting(ImageReference::familiarString)
                .containsExactly("c/d:1");
        assertThat(inventory.references(Confidence.POSSIBLE))
                .extracting(ImageReference::familiarString)
                .containsExactly("c/possible:1");
    }

    @Test
    void explainsEveryPlaceWhenImageWasFound() {
        assertThat(explain("a/b:1")).isEqualTo("""
                docker.io/a/b:1 is saved
                  manifests/app.yaml:2
                    CERTAIN by pod-spec, containers[0].image
                  charts/app, rendered app/templates/pod.yaml:3
                    CERTAIN by pod-spec, containers[0].image, Helm hook pre-install""");
        assertThat(explain("a/test:1")).isEqualTo("""
                docker.io/a/test:1 is not saved
                  charts/app, rendered app/templates/test.yaml:2
                    CERTAIN by pod-spec, containers[0].image, Helm hook test, not saved: only helm test runs it""");
        assertThat(explain("c/possible:1")).isEqualTo("""
                docker.io/c/possible:1 is not saved
                  manifests/app.yaml:5
                    POSSIBLE by text-line, not saved: it only looks like an image""");
    }

    @Test
    void namesNeighboursWhenImageWasNotFound() {
        assertThat(explain("c/d:4"))
                .isEqualTo(
                        "docker.io/c/d:4 was not found, but of the same repository: docker.io/c/d:1, docker.io/c/d:2@"
                                + SHA + ", docker.io/c/d:3");
        assertThat(explain("x:1"))
                .isEqualTo("docker.io/library/x:1 was not found; list it in a file of images/shim to have it saved");
    }

    @Test
    void findsSameReferencesWhenShimListIsScanned() throws IOException {
        String list = inventory.toShimList();
        assertThat(list).isEqualTo("docker.io/a/b:1\ndocker.io/c/d:1\ndocker.io/c/d:2@" + SHA + "\n");
        write("other/images/shim/list", list);

        ImageInventory other = ImageScanner.builder().build().scan(context.resolve("other"));

        assertThat(other.references()).isEqualTo(inventory.references());
        assertThat(other.sealosCompat().images())
                .isEqualTo(inventory.references().stream()
                        .map(ImageReference::toString)
                        .toList());
        assertThat(other.sealosCompat().toString()).isEmpty();
    }

    @Test
    void writesSameJsonWhenScannedAgain() throws IOException {
        assertThat(inventory.toJson())
                .isEqualTo(ImageScanner.builder()
                        .chartRenderer(this::render)
                        .build()
                        .scan(context)
                        .toJson());
    }

    @Test
    void writesDocumentedJsonWhenAskedForIt() throws IOException {
        write("small/images/shim/list", "c/d:1\nNo\n");
        write("small/.sealignore", "c/d:1\nc/d:2\n");

        assertThat(ImageScanner.builder().build().scan(context.resolve("small")).toJson())
                .isEqualTo(DOCUMENTED_JSON);
    }

    @Test
    void writesEmptyArraysWhenNothingWasFound() throws IOException {
        Path empty = Files.createDirectory(context.resolve("empty"));
        assertThat(ImageScanner.builder().build().scan(empty).toJson()).isEqualTo("""
                {
                  "version": 1,
                  "images": [],
                  "scenarios": [],
                  "problems": [],
                  "notices": [],
                  "commandNeeds": [],
                  "siteNeeds": [],
                  "testHooks": false,
                  "sealos": {
                    "images": [],
                    "missed": [],
                    "inventions": [],
                    "failures": [],
                    "archives": [],
                    "endless": false
                  }
                }
                """);
    }

    @Test
    void listsFirstPlacesOnlyWhenManifestNamesImageVeryOften() throws IOException {
        String text = "- image: a/b:1\n".repeat(2500) + "- containers: [{image: a/c:1}]\n";
        ImageInventory often = ImageScanner.builder()
                .build()
                .scanManifest("big.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(often.occurrences()).hasSize(101);
        assertThat(often.notices())
                .containsExactly("big.yaml names docker.io/a/b:1 in 2500 places, of which the first 100 are listed");
        assertThat(often.references(Confidence.CERTAIN))
                .extracting(ImageReference::familiarString)
                .containsExactly("a/c:1");
    }

    private String explain(String reference) {
        return inventory.explain(ImageReference.parse(reference));
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
