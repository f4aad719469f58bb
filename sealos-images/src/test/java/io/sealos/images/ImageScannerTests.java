package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageScannerTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @TempDir
    private Path context;

    @Test
    void explainsImageWhenContainerNamesIt() throws IOException {
        ImageInventory inventory = manifest("""
                apiVersion: apps/v1
                kind: Deployment
                spec:
                  template:
                    spec:
                      initContainers: [{name: a, image: busybox}]
                      containers:
                        - name: b
                          image: "quay.io/a/b:1" # why
                """);
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("busybox", "quay.io/a/b:1");
        assertThat(inventory.occurrences(ImageReference.parse("quay.io/a/b:1")))
                .extracting(ImageOccurrence::toString)
                .containsExactly(
                        "quay.io/a/b:1 CERTAIN by pod-spec at m.yaml:9 spec.template.spec.containers[0].image");
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void reportsProblemWhenImageOfContainerIsNoReference() throws IOException {
        ImageInventory inventory = manifest("""
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                    - image: registry.example/App:1
                    - image: ${IMAGE}
                    - image: ""
                    - image: auto
                """);
        assertThat(inventory.references()).isEmpty();
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "m.yaml:5: names an image that cannot be saved: 'registry.example/App:1' is not an image"
                                + " reference: its repository 'App' has upper-case letters; write it in lower case",
                        "m.yaml:6: names an image of which a part is a variable that nothing sets: '${IMAGE}'");
        assertThat(inventory.problems())
                .extracting(ScanProblem::kind)
                .containsExactly(ScanProblem.Kind.READ_IN_PART, ScanProblem.Kind.UNSET);
    }

    @Test
    void reportsProblemWhenDirectoryOfChartsHasNoChartYaml() throws IOException {
        Files.createDirectories(context.resolve("charts/app/templates"));

        assertThat(ImageScanner.builder().build().scan(context).problems())
                .extracting(ScanProblem::toString)
                .containsExactly("charts/app: the directory has templates but no Chart.yaml, so it is not a chart");
    }

    @Test
    void findsImageWhenPodSpecIsNested() throws IOException {
        assertThat(names("""
                        {"apiVersion": "v1", "kind": "List", "items": [
                        \t{"apiVersion": "batch/v1", "kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template":
                          {"spec": {"containers": [{"image": "a/cron:1"}], "volumes": [{"image": {"reference": "a/vol:1"}}]}}}}}},
                          {"apiVersion": "x.io/v1", "kind": "Ray", "spec": {"group": {"template": {"spec":
                          {"containers": [{"image": "a/ray:1"}]}}}}}]}
                        """)).containsExactly("a/cron:1", "a/ray:1", "a/vol:1");
    }

    @Test
    void findsImageWhenEnvironmentOrArgumentNamesIt() throws IOException {
        assertThat(names("""
                        apiVersion: v1
                        kind: Pod
                        spec:
                          containers:
                            - image: a/main:1
                              env:
                                - {name: RELATED_IMAGE_X, value: a/related:1}
                                - {name: AGENT_IMAGE, value: a/agent}
                                - {name: PULL_POLICY_IMAGE, value: IfNotPresent}
                                - {name: ADDRESS, value: "http://a.svc/b:80"}
                              args:
                                - --sidecar-image=a/flag:1
                                - --engine-image
                                - a/next:1
                                - --listen=0.0.0.0/0:80
                                - --file=/etc/a/b:1
                              command: [sh, -c, "ctr run docker.io/a/script:1 x"]
                        """))
                .containsExactly("a/agent", "a/flag:1", "a/main:1", "a/next:1", "a/related:1", "a/script:1");
    }

    @Test
    void findsImageWhenCustomResourceNamesOrSplitsIt() throws IOException {
        assertThat(names("""
                        apiVersion: x.io/v1
                        kind: Cluster
                        spec:
                          image: a/whole:1
                          brokerImage: a/broker:1
                          docker_image: a/docker:1
                          driver: {repository: nvcr.io/a, image: driver, version: "5.1"}
                          pinned: {repository: a, image: pinned, version: "%s"}
                          web: {registry: quay.io, repository: a/web, tag: 2}
                          policy: {imagePullPolicy: Always}
                          git: {repository: "https://x.io/y", tag: v1}
                        """.formatted(SHA)))
                .containsExactly(
                        "a/broker:1",
                        "a/docker:1",
                        "a/pinned@" + SHA,
                        "a/whole:1",
                        "nvcr.io/a/driver:5.1",
                        "quay.io/a/web:2");
    }

    @Test
    void findsImageWhenConfigMapHoldsItInText() throws IOException {
        assertThat(names("""
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          x.repository: a/x
                          x.tag: "1"
                          values: '{"hub": "docker.io/b", "tag": "2", "proxy": {"image": "proxyv2"}}'
                          config.toml: |
                            image = "a/toml:1"
                            helper a/words:1.0, http://a.b/c:80
                          template: |
                            {{ if .x }}
                            image: busybox:1.28
                        """)).containsExactly("a/toml:1", "a/words:1.0", "a/x:1", "b/proxyv2:2", "busybox:1.28");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {default: {image: a/b:1}}",
                "kind: Pod\napiVersion: v1\nspec: {containers: [{image: auto}, {image: null}, {image: \"{{ .x }}\"}]}",
                "apiVersion: kyverno.io/v1\nkind: P\nspec: {pattern: {containers: [{image: \"!*:latest\"}]}}",
                "apiVersion: v1\nkind: Service\nspec: {image: a/b:1}",
            })
    void inventsNothingWhenTextIsNoImage(String manifest) throws IOException {
        assertThat(names(manifest)).isEmpty();
    }

    @Test
    void knowsTestHookButSavesItOnlyWhenAsked() throws IOException {
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {annotations: {helm.sh/hook: test}}
                spec: {containers: [{image: a/test:1}]}
                """;
        assertThat(manifest(pod).references()).isEmpty();
        assertThat(manifest(pod).occurrences()).singleElement().satisfies(it -> {
            assertThat(it.isTestHook()).isTrue();
            assertThat(it.hook()).isEqualTo(Optional.of("test"));
        });
        assertThat(ImageScanner.builder()
                        .testHooks(true)
                        .build()
                        .scanManifest("m", stream(pod))
                        .references())
                .hasSize(1);
    }

    @Test
    void readsLinesAndReportsWhenDocumentIsNoYaml() throws IOException {
        ImageInventory inventory = manifest("a: 1\n---\n{{ if x }}\nimage: a/b:1\nother: a/c:1\n---\nimage: a/d:1\n");
        assertThat(inventory.references())
                .extracting(ImageReference::familiarString)
                .containsExactly("a/b:1", "a/d:1");
        assertThat(inventory.occurrences(ImageReference.parse("a/c:1")))
                .extracting(ImageOccurrence::confidence)
                .containsExactly(Confidence.POSSIBLE);
        assertThat(inventory.problems()).singleElement().satisfies(it -> {
            assertThat(it.file()).isEqualTo("m.yaml");
            assertThat(it.message()).startsWith("is not valid YAML and was read line by line: ");
        });
    }

    @Test
    void endsWhenInputIsHostile() throws IOException {
        assertThat(manifest("[".repeat(10_000)).problems())
                .extracting(ScanProblem::message)
                .containsExactly("is not valid YAML and was read line by line: is nested deeper than 200 levels");
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
        }
        assertThat(manifest(bomb.toString()).problems())
                .extracting(ScanProblem::message)
                .containsExactly("the document has too many nodes, aliases counted; simplify it");
    }

    @Test
    void scansManifestsAndShimListsInOrder() throws IOException {
        write("manifests/z.yaml", "image: a/z:1");
        write("manifests/sub/a.json", "{\"image\": \"a/a:1\"}");
        write("manifests/readme.md", "image: a/no:1");
        write("images/shim/list", "# comment\n\nnginx:1\nNo Image\n");
        ImageInventory inventory = ImageScanner.builder().build().scan(context);
        assertThat(inventory.occurrences())
                .extracting(it -> it.reference().familiarString())
                .containsExactly("a/a:1", "a/z:1", "nginx:1");
        assertThat(inventory.problems())
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "images/shim/list:4: 'No Image' is not an image reference: its repository 'No Image' has"
                                + " upper-case letters; write it in lower case; write one reference a line");
    }

    @Test
    void asksRendererOnceWhenThereAreCharts() throws IOException {
        write("charts/one/Chart.yaml", "name: uno\nversion: 1.0.0\n");
        write("charts/uno.values.yaml", "a: b\n");
        write("charts/.git/config", "");
        ChartRenderer renderer = request -> {
            assertThat(request.values().helmArguments())
                    .containsExactly("--values=" + context.resolve("charts/uno.values.yaml"));
            assertThat(request.kubernetesVersion()).isEqualTo("1.30.1");
            return RenderedChart.of(
                    "uno", List.of(RenderedDocument.of("uno/templates/a.yaml", "image: a/b:1")), List.of("a notice"));
        };
        ImageInventory inventory = ImageScanner.builder()
                .kubernetesVersion("v1.30.1")
                .chartRenderer(renderer)
                .build()
                .scan(context);
        assertThat(inventory.occurrences()).singleElement().satisfies(it -> {
            assertThat(it.file()).isEqualTo("charts/one");
            assertThat(it.chart()).contains("uno");
            assertThat(it.template()).contains("uno/templates/a.yaml");
        });
        assertThat(inventory.problems()).extracting(ScanProblem::toString).containsExactly("charts/one: a notice");
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> names(String text) throws IOException {
        return manifest(text).references().stream()
                .map(ImageReference::familiarString)
                .toList();
    }

    private static ImageInventory manifest(String text) throws IOException {
        return ImageScanner.builder().build().scanManifest("m.yaml", stream(text));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
