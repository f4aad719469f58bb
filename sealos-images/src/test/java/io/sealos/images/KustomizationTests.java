package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KustomizationTests {
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    @TempDir
    Path context;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            app:1 | {name: app, newTag: '2'} | docker.io/library/app:2
            app:1 | {name: app, newName: r.example/app} | r.example/app:1
            app | {name: app, newName: r.example/app} | r.example/app
            app:1 | {name: app, newName: r.example/app, newTag: v3} | r.example/app:v3
            app:1 | {name: app, digest: '%s'} | docker.io/library/app@%s
            q.io/a/app@%s | {name: q.io/a/app, newName: r.example/app} | r.example/app@%s
            q.io/a/app@%s | {name: q.io/a/app, newTag: '2'} | q.io/a/app:2
            app:1 | {name: ap, newTag: '2'} | docker.io/library/app:1
            r.example:5000/app:1 | {name: 'r.example:5000/app', newTag: '2'} | r.example:5000/app:2
            app:1 | {name: 'ap+', newTag: '2'} | docker.io/library/app:2
            app:1 | {name: app, tagSuffix: -x} | docker.io/library/app:1-x-x
            """)
    void replacesImageWhenKustomizationNamesIt(String image, String entry, String saved) throws IOException {
        write("manifests/pod.yaml", pod("a", image.replace("%s", DIGEST)));
        write(
                "manifests/kustomization.yaml",
                "resources: [pod.yaml]\nimages:\n- " + entry.replace("%s", DIGEST) + "\n");

        assertThat(saved()).containsExactly(saved.replace("%s", DIGEST));
    }

    @Test
    void showsWhereWhenTheKustomizationSetsTheImage() throws IOException {
        write("manifests/base/pod.yaml", pod("a", "app:1"));
        write("manifests/base/kustomization.yaml", "resources: [pod.yaml]\n");
        write("manifests/prod/kustomization.yaml", """
                resources: [../base]
                images:
                - name: app
                  newTag: "2"
                """);

        ImageInventory inventory = scan();

        assertThat(inventory.references()).hasToString("[docker.io/library/app:2]");
        assertThat(inventory.occurrences(ImageReference.parse("app:2")))
                .extracting(ImageOccurrence::file, ImageOccurrence::line)
                .contains(tuple("manifests/prod/kustomization.yaml", 3));
        assertThat(inventory.references(Confidence.POSSIBLE)).hasToString("[docker.io/library/app:1]");
    }

    @Test
    void explainsTheWayWhenSeveralKustomizationsChangeAnImage() throws IOException {
        write("manifests/base/pod.yaml", pod("a", "app:1"));
        write("manifests/base/kustomization.yaml", "resources: [pod.yaml]\nimages:\n- {name: app, newTag: '2'}\n");
        write("manifests/prod/kustomization.yaml", """
                resources: [../base]
                patches:
                - path: patch.yaml
                images:
                - {name: patched, newTag: '4'}
                """);
        write("manifests/prod/patch.yaml", pod("a", "patched:3"));

        assertThat(scan().explain(ImageReference.parse("patched:4"))).endsWith("""
                  manifests/prod/kustomization.yaml:5
                    CERTAIN by pod-spec, spec.containers[0].image, in place of manifests/base/pod.yaml:6, \
                manifests/base/kustomization.yaml:3, manifests/prod/patch.yaml:6""");
        assertThat(scan().explain(ImageReference.parse("app:1"))).isEqualTo("""
                docker.io/library/app:1 is not saved
                  manifests/base/pod.yaml:6
                    POSSIBLE by pod-spec, spec.containers[0].image, not saved: \
                manifests/prod/kustomization.yaml:5 replaces it""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            patches: [{target: {name: a}, patch: '[{"op": "replace", "path": "/spec/containers/0/image", "value": "new:1"}]'}]
            patches: [{patch: '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: "new:1"}]}}'}]
            images: [{name: app, newName: new}]
            replacements: [{source: {kind: Pod, name: b, fieldPath: spec.containers.0.image}, targets: [{select: {name: a}, fieldPaths: [spec.containers.0.image]}]}]
            """)
    void showsTheBaseWhenTheKustomizationReplacesIt(String change) throws IOException {
        write("manifests/pod.yaml", pod("a", "app:1"));
        write("manifests/other.yaml", pod("b", "new:1"));
        write("manifests/kustomization.yaml", "resources: [pod.yaml, other.yaml]\n" + change + "\n");

        assertThat(scan().occurrences(ImageReference.parse("new:1")))
                .extracting(ImageOccurrence::replaced)
                .contains(List.of("manifests/pod.yaml:6"));
    }

    @Test
    void keepsImagesWhenFileIsPartOfNoKustomization() throws IOException {
        write("manifests/app/pod.yaml", pod("a", "app:1"));
        write("manifests/app/kustomization.yaml", "resources: [pod.yaml]\nimages: [{name: app, newTag: '2'}]\n");
        write("manifests/other.yaml", pod("b", "app:1"));

        assertThat(saved()).containsExactly("docker.io/library/app:1", "docker.io/library/app:2");
    }

    @Test
    void appliesComponentToAllWhenOneIsNamed() throws IOException {
        write("manifests/app/pod.yaml", pod("a", "app:1"));
        write("manifests/app/kustomization.yaml", "resources: [pod.yaml]\ncomponents: [../part]\n");
        write("manifests/part/kustomization.yaml", """
                apiVersion: kustomize.config.k8s.io/v1alpha1
                kind: Component
                resources: [side.yaml]
                images: [{name: app, newTag: "2"}]
                """);
        write("manifests/part/side.yaml", pod("b", "side:1"));

        assertThat(saved()).containsExactly("docker.io/library/app:2", "docker.io/library/side:1");
    }

    @Test
    void mergesListsByNameWhenKindIsBuiltInAndAsAWholeElse() throws IOException {
        for (String api : List.of("apps/v1", "example.org/v1")) {
            String name = api.substring(0, 4);
            write(
                    "manifests/" + name + "/d.yaml",
                    deployment(api, "- {name: a, image: 'a:1'}\n- {name: b, image: 'b:1'}"));
            write("manifests/" + name + "/p.yaml", deployment(api, "- {name: a, image: 'new-" + name + ":2'}"));
            write("manifests/" + name + "/kustomization.yaml", "resources: [d.yaml]\npatches: [{path: p.yaml}]\n");
        }

        assertThat(saved())
                .containsExactly(
                        "docker.io/library/b:1", "docker.io/library/new-apps:2", "docker.io/library/new-exam:2");
    }

    @Test
    void hitsOnlyTheTargetsWhenPatchIsJson() throws IOException {
        write(
                "manifests/pods.yaml",
                pod("one", "app:1") + "---\n" + pod("two", "app:1") + "---\n" + pod("two-b", "c:1"));
        write("manifests/kustomization.yaml", """
                resources: [pods.yaml]
                patches:
                - target: {kind: Pod, name: "tw."}
                  patch: |-
                    - {op: replace, path: /spec/containers/0/image, value: "new:2"}
                    - {op: add, path: /spec/containers/-, value: {name: x, image: "added:3"}}
                    - {op: add, path: /metadata/annotations, value: {a~1b: c}}
                """);

        assertThat(saved())
                .containsExactly(
                        "docker.io/library/added:3",
                        "docker.io/library/app:1",
                        "docker.io/library/c:1",
                        "docker.io/library/new:2");
    }

    @Test
    void selectsByLabelWhenTargetHasASelector() throws IOException {
        write("manifests/a/pod.yaml", pod("one", "app:1"));
        write("manifests/a/kustomization.yaml", "resources: [pod.yaml]\nlabels: [{pairs: {tier: web}}]\n");
        write("manifests/b/kustomization.yaml", """
                resources: [../a]
                patches:
                - target: {labelSelector: "tier in (web, api), !none"}
                  patch: '[{"op": "replace", "path": "/spec/containers/0/image", "value": "web:2"}]'
                """);

        assertThat(saved()).containsExactly("docker.io/library/web:2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            resources: ['https://example.org/a.yaml'] | REMOTE | the resource 'https://example.org/a.yaml' of the kustomization lies on the network
            resources: ['github.com/a/b//c?ref=v1'] | REMOTE | the resource 'github.com/a/b//c?ref=v1' of the kustomization lies on the network
            resources: [gone.yaml] | UNREAD | the kustomization names 'gone.yaml', which the context does not have
            resources: [../../../etc/passwd] | UNREAD | the kustomization names '../../../etc/passwd', which the context does not have
            resources: [.] | UNREAD | leads back to itself, or is nested deeper than 50
            helmCharts: [{name: web}] | UNREAD | the kustomization names 'charts/web', which the context does not have
            foo: bar | UNREAD | the kustomization has the field 'foo', which kustomize does not know there
            images: [{name: app, newTag: 1.10}] | UNREAD | the kustomization has '1.10' in 'newTag', where kustomize takes a text only; put it in quotes
            images: [{name: '(', newTag: a}] | UNREAD | has an image whose name is not a valid expression: missing closing )
            patches: [{patch: "{kind: Pod, metadata: {name: x}}"}] | UNREAD | the kustomization has a patch for Pod x, which is not there
            """)
    void reportsGapWhenKustomizationCannotBeEvaluated(String text, Kind kind, String problem) throws IOException {
        write("manifests/kustomization.yaml", text + "\n");

        assertThat(scan().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap).hasToString("manifests/kustomization.yaml:1: " + problem);
            assertThat(gap.kind()).isEqualTo(kind);
        });
    }

    @Test
    void keepsTheImagesOfTheFilesWhenKustomizationCannotBeEvaluated() throws IOException {
        write("manifests/pod.yaml", pod("a", "app:1"));
        write("manifests/kustomization.yaml", "resources: [pod.yaml, gone.yaml]\n");

        assertThat(saved()).containsExactly("docker.io/library/app:1");
    }

    @Test
    @Timeout(20)
    void reportsGapWhenAliasesMakeTheObjectsEndless() throws IOException {
        StringBuilder bomb = new StringBuilder(
                "kind: Thing\napiVersion: example.org/v1\nmetadata: {name: bomb}\nl0: &l0 {containers: []}\n");
        for (int i = 1; i <= 30; i++) {
            bomb.append("l%d: &l%d {a: *l%d, b: *l%d}\n".formatted(i, i, i - 1, i - 1));
        }
        write("manifests/bomb.yaml", bomb.toString());
        write("manifests/kustomization.yaml", "resources: [bomb.yaml]\nimages: [{name: app, newTag: '2'}]\n");

        assertThat(scan().gaps())
                .extracting(ScanProblem::message)
                .anyMatch(it -> it.startsWith("takes more than 20000000 steps to evaluate"));
    }

    @Test
    void findsImagesOfFilesWhenAppliedKustomizationIsNotEvaluated() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"kubectl apply -k deploy/prod\"]\n");
        write("deploy/prod/kustomization.yaml", """
                resources: ["https://example.com/all.yaml", own.yaml, ../base, missing.yaml]
                components: [../part]
                patches: [{path: patch.yaml}]
                images: [{name: base, newTag: "2"}]
                """);
        write("deploy/prod/own.yaml", pod("own", "own:1"));
        write("deploy/prod/patch.yaml", pod("own", "patched:1"));
        write("deploy/base/kustomization.yaml", "resources: [pod.yaml, ../prod]\n");
        write("deploy/base/pod.yaml", pod("base", "base:1"));
        write("deploy/part/kustomization.yaml", "resources: [pod.yaml]\nkind: Component\n");
        write("deploy/part/pod.yaml", pod("part", "part:1"));
        write("deploy/other/pod.yaml", pod("other", "other:1"));

        assertThat(saved())
                .containsExactly(
                        "docker.io/library/base:1",
                        "docker.io/library/base:2",
                        "docker.io/library/own:1",
                        "docker.io/library/part:1",
                        "docker.io/library/patched:1");
        assertThat(scan().gaps())
                .extracting(ScanProblem::message)
                .containsExactly(
                        "the resource 'https://example.com/all.yaml' of the kustomization lies on the network");
        assertThat(scan().occurrences(ImageReference.parse("base:1")))
                .extracting(ImageOccurrence::commands)
                .containsExactly(List.of("Kubefile:3"));
    }

    @Test
    void reportsGapWhenObjectHasKeyTwice() throws IOException {
        write("manifests/pod.yaml", pod("a", "app:1").replace("{name: c,", "{name: c, image: 'old:1',"));
        write("manifests/kustomization.yaml", "resources: [pod.yaml]\n");

        assertThat(scan().gaps())
                .extracting(ScanProblem::file, ScanProblem::line, ScanProblem::message)
                .containsExactly(tuple("manifests/pod.yaml", 6, "has the key 'image' twice, which kustomize refuses"));
    }

    @Test
    void reportsGapWhenJsonPatchInBracketsIsNotJson() throws IOException {
        write("manifests/pod.yaml", pod("a", "app:1"));
        write("manifests/kustomization.yaml", """
                resources: [pod.yaml]
                patches:
                - target: {kind: Pod}
                  patch: '[{op: replace, path: /spec/containers/0/image, value: "app:2"}]'
                """);

        assertThat(scan().gaps())
                .extracting(ScanProblem::file, ScanProblem::line, ScanProblem::message)
                .containsExactly(tuple(
                        "manifests/kustomization.yaml",
                        3,
                        "the kustomization has a JSON patch that begins with '[' and is not JSON, which kustomize"
                                + " refuses; put its keys and texts in double quotes, or write a list with hyphens"));
    }

    @Test
    void findsImagesWhenThereAreThousandsOfResources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            all.append(pod("p" + i, "app:" + i)).append("---\n");
        }
        write("manifests/all.yaml", all.toString());
        write("manifests/kustomization.yaml", """
                resources: [all.yaml]
                namePrefix: x-
                images: [{name: app, newName: r.example/app}]
                patches:
                - target: {name: p4999}
                  patch: '[{"op": "replace", "path": "/spec/containers/0/image", "value": "last:1"}]'
                """);

        assertThat(saved()).hasSize(5_000).contains("docker.io/library/last:1", "r.example/app:4998");
    }

    private List<String> saved() throws IOException {
        return scan().references().stream().map(ImageReference::toString).toList();
    }

    private ImageInventory scan() throws IOException {
        return ImageScanner.builder().build().scan(context);
    }

    private static String pod(String name, String image) {
        return "apiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "}\nspec:\n  containers:\n  - {name: c, image: '"
                + image + "'}\n";
    }

    private static String deployment(String api, String containers) {
        return "apiVersion: " + api + "\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
                + "      containers:\n" + containers.indent(6);
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
