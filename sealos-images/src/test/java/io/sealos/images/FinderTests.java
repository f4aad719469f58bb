package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Places of images as the charts of well-known operators have them. */
class FinderTests {
    private static final String SHA = "sha256:" + "0".repeat(64);

    @Test
    void findsEveryImageWhenVariableMapsVersionsToThem() throws IOException {
        assertThat(saved(container("""
                        env:
                          - name: KAFKA_IMAGES
                            value: |
                              3.6.0=quay.io/a/kafka:0.38.0-kafka-3.6.0
                              3.6.1=quay.io/a/kafka:0.38.0-kafka-3.6.1
                          - {name: IMAGE_PROXY_HOST, value: "imgproxy:8080"}
                          - {name: POSTGRES_IMAGE_NAME, value: "postgres:16"}
                          - {name: SERVICE, value: "default/backend:8080"}
                          - {name: NAMED, value: "default/backend:http"}
                        """)))
                .containsExactly(
                        "postgres:16", "quay.io/a/kafka:0.38.0-kafka-3.6.0", "quay.io/a/kafka:0.38.0-kafka-3.6.1");
    }

    @Test
    void findsImageWhenArgumentIsOne() throws IOException {
        assertThat(saved(container("""
                        args:
                          - --config-reloader=quay.io/a/reloader:v0.70.0
                          - -git-image
                          - gcr.io/a/git@%s
                          - --base-image=quay.io/a/base
                          - --taint=node.example.io/not-ready:NoSchedule
                          - --label=node.kubernetes.io/type:m5.large
                          - --publish-service=ingress/controller:https
                          - --workflow=skopeo copy docker://quay.io/a/copied:1 dir:/x
                        """.formatted(SHA))))
                .containsExactly("gcr.io/a/git@" + SHA, "quay.io/a/copied:1", "quay.io/a/reloader:v0.70.0");
    }

    @Test
    void findsImageWhenCustomResourceListsOrParametrisesIt() throws IOException {
        assertThat(saved("""
                        apiVersion: tekton.dev/v1
                        kind: Task
                        metadata: {annotations: {containerImage: quay.io/a/operator:1}}
                        spec:
                          images: [quay.io/a/one:1, "two:2"]
                          byName: {images: {api: quay.io/a/api:3}}
                          params: [{name: BUILDER_IMAGE, default: "quay.io/a/builder:4"}, {name: REVISION, default: main}]
                          steps: [{image: quay.io/a/step}, {image: $(params.image)}]
                          values: {web: {image: {registry: quay.io, repository: a/web, tag: 5, digest: ""}}}
                          main: {image: foo/main, version: "6", sidecarImage: "foo/sidecar:6"}
                        """))
                .containsExactly(
                        "foo/main:6",
                        "foo/sidecar:6",
                        "two:2",
                        "quay.io/a/api:3",
                        "quay.io/a/builder:4",
                        "quay.io/a/one:1",
                        "quay.io/a/operator:1",
                        "quay.io/a/step",
                        "quay.io/a/web:5");
    }

    @Test
    void findsImageWhenScriptPassesItAsFlagWithoutPath() throws IOException {
        assertThat(saved(container("args: [-c, \"kubectl run x --image=busybox:1.28 --port=80 --no-image=x\"]")))
                .containsExactly("busybox:1.28");
    }

    @Test
    void findsImagesWhenCustomResourceCallsThemImageList() throws IOException {
        assertThat(saved("apiVersion: a.io/v1\nkind: A\nspec: {imageList: [a/b:1], imagesList: [\"c:2\"]}"))
                .containsExactly("a/b:1", "c:2");
    }

    @Test
    void joinsTagAndDigestWhenBothAreFields() throws IOException {
        assertThat(saved("""
                        apiVersion: a.io/v1
                        kind: A
                        spec: {image: {repository: quay.io/a/b, tag: v1, digest: "%s"}, x: {image: {name: c, tag: 2}}}
                        """.formatted(SHA))).containsExactly("c:2", "quay.io/a/b:v1@" + SHA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: infrastructure.cluster.x-k8s.io/v1\nkind: M\nspec: {image: ubuntu-22.04}",
                "apiVersion: a.io/v1\nkind: Page\nspec: {logoImage: assets/logo.png, image: 1.2.3, useImage: default}",
                "apiVersion: a.io/v1\nkind: Repo\nspec: {repository: a/charts, version: 1.2.0}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {\"9000\": \"default/backend:8080\", \"53\": a/dns:dns}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"main.go in src/main.go:12, pkg/x.yaml:ro\"}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"https://a.b/c:80 oci://ghcr.io/a/chart:1.0.0\"}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"github.com/a/b:v1.2 gitlab.com/a/b:v1 arn:aws:iam::1:role/a\"}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"system:auth-delegator 12:30 system_u:object_r:file_t:s0\"}",
                "apiVersion: a.io/v1\nkind: A\nspec: {selector: {matchLabels: {image: web}}, labels: {image: a/b:1}}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {proxy-image: a/proxy}",
                "apiVersion: a.io/v1\nkind: A\nspec: {source: {repository: github.com/a/b, tag: v1}, cpu: 500m}",
                "apiVersion: v1\nkind: ConfigMap\ndata: {a: \"node-role.kubernetes.io/master:NoSchedule\"}",
            })
    void savesNothingWhenTextOnlyLooksLikeImage(String manifest) throws IOException {
        assertThat(saved(manifest)).isEmpty();
    }

    @Test
    void findsNothingAtAllInSchemas() throws IOException {
        ImageInventory inventory = scan("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                spec:
                  description: such as quay.io/a/b:1
                  properties: {image: {default: quay.io/a/b:1, image: quay.io/a/c:1}}
                """);
        assertThat(inventory.occurrences()).isEmpty();
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void readsEveryDocumentWhenConfigMapHoldsManifests() throws IOException {
        ImageInventory inventory = scan("""
                apiVersion: v1
                kind: ConfigMap
                data:
                  addons.yaml: |
                    apiVersion: v1
                    kind: Pod
                    spec:
                      containers:
                        - image: a/first
                    ---
                    apiVersion: v1
                    kind: Pod
                    spec:
                      containers:
                        - image: a/second
                """);
        assertThat(inventory.occurrences())
                .extracting(ImageOccurrence::toString)
                .containsExactly(
                        "docker.io/a/first CERTAIN by pod-spec at m.yaml:9 data['addons.yaml'].spec.containers[0].image",
                        "docker.io/a/second CERTAIN by pod-spec at m.yaml:15"
                                + " data['addons.yaml'].spec.containers[0].image");
        assertThat(inventory.occurrences()).extracting(ImageOccurrence::column).containsExactly(18, 18);
    }

    @Test
    void tellsLineAndColumnWhenWordStandsInText() throws IOException {
        ImageInventory inventory = scan("""
                apiVersion: v1
                kind: ConfigMap
                data:
                  run.sh: |

                    # 🙂
                    docker run quay.io/a/b:1
                  joined: "x"
                """);
        assertThat(inventory.occurrences()).singleElement().satisfies(it -> {
            assertThat(it.line()).isEqualTo(7);
            assertThat(it.column()).isEqualTo(16);
            assertThat(it.path()).isEqualTo("data['run.sh']");
        });
    }

    @Test
    void joinsSplitKeysWhenConfigMapIsFlat() throws IOException {
        assertThat(saved("""
                        apiVersion: v1
                        kind: ConfigMap
                        data:
                          scan.registry: quay.io
                          scan.repository: a/scan
                          scan.tag: "1.0"
                          WEB_IMAGE_REPOSITORY: a/web
                          WEB_IMAGE_TAG: "2.0"
                          AGENT_IMAGE: busybox:1.36
                        """)).containsExactly("a/web:2.0", "busybox:1.36", "quay.io/a/scan:1.0");
    }

    @Test
    void findsReplacementWhenKustomizationNamesIt() throws IOException {
        assertThat(saved("""
                        apiVersion: kustomize.config.k8s.io/v1beta1
                        kind: Kustomization
                        images:
                          - {name: a, newName: quay.io/a/b, newTag: v1}
                          - {name: quay.io/c/d, newTag: v2}
                          - {name: e, newName: quay.io/e/f, digest: "%s"}
                          - {name: g, newName: quay.io/g/h}
                        """.formatted(SHA))).containsExactly("quay.io/a/b:v1", "quay.io/c/d:v2", "quay.io/e/f@" + SHA);
    }

    @Test
    void showsButDoesNotSaveImageWhenCommentedOut() throws IOException {
        ImageInventory inventory = scan("""
                a: 1
                # image: quay.io/a/b:1
                #   repository: quay.io/a/c
                #   tag: "2"
                # image: your-image
                # image: {{ .x }}
                """);
        assertThat(inventory.references()).isEmpty();
        assertThat(inventory.occurrences())
                .extracting(ImageOccurrence::toString)
                .containsExactly(
                        "quay.io/a/b:1 POSSIBLE by comment at m.yaml:2",
                        "quay.io/a/c:2 POSSIBLE by comment at m.yaml:4");
    }

    @Test
    void readsOnWhenDocumentEndsWithDotsOrStartsWithDirective() throws IOException {
        assertThat(saved("a: 1\n...\nimage: a/b:1\n")).containsExactly("a/b:1");
        ImageInventory inventory = scan("%YAML 1.2\n---\nimage: a/b:1\n---\nimage: a/c:1\n");
        assertThat(inventory.occurrences()).extracting(ImageOccurrence::line).containsExactly(3, 5);
        assertThat(inventory.problems()).isEmpty();
    }

    private static String container(String fields) {
        return "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: x\n" + fields.indent(6);
    }

    private static List<String> saved(String manifest) throws IOException {
        return scan(manifest).references().stream()
                .map(ImageReference::familiarString)
                .toList();
    }

    private static ImageInventory scan(String manifest) throws IOException {
        return ImageScanner.builder()
                .build()
                .scanManifest("m.yaml", new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    }
}
