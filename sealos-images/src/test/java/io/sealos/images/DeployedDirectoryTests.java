package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Charts of kustomizations, and directories that Flux and Argo CD deploy, with the images that follow from the
 * documentation of these programs; {@code gap} and a part of its text where images may be missing.
 */
class DeployedDirectoryTests {
    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: one}
            spec:
              containers:
              - {name: c, image: 'app:1'}
            """;
    private static final String TEMPLATE = """
            apiVersion: v1
            kind: Pod
            metadata: {name: '{{ .Release.Name }}', namespace: '{{ .Release.Namespace }}'}
            spec:
              containers:
              - {name: c, image: '{{ .Values.image }}'}
              {{- if .Values.side.on }}
              - {name: side, image: '{{ .Values.side.image }}-{{ .Release.Name }}-{{ .Release.Namespace }}'}
              {{- end }}
              {{- if .Capabilities.APIVersions.Has "example.org/v1" }}
              - {name: api, image: 'api:{{ .Capabilities.KubeVersion.Minor }}'}
              {{- end }}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: hook, annotations: {helm.sh/hook: pre-install}}
            spec: {containers: [{name: c, image: 'hook:1'}]}
            """;

    private static ScanSession session;

    @TempDir
    Path context;

    @BeforeAll
    static void openSession() {
        session = ImageScanner.builder().build().openSession();
    }

    @AfterAll
    static void closeSession() {
        session.close();
    }

    static Stream<Arguments> cases() throws IOException {
        return RecordedCases.read("deployments.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsTheImagesThatAreDeployed(String id, String outcome, String files) throws IOException {
        RecordedCases.write(files, this::write);
        String[] expected = outcome.split(" *\\| *gap: ", -1);

        ImageInventory inventory = session.scanner().scan(context);

        assertThat(inventory.references().stream().map(it -> it.toString().replace("docker.io/library/", "")))
                .as(id)
                .containsExactlyElementsOf(expected[0].equals("nothing") ? List.of() : List.of(expected[0].split(" ")));
        if (expected.length == 1) {
            assertThat(inventory.problems()).as(id).isEmpty();
        } else {
            List<String> gaps =
                    inventory.gaps().stream().map(ScanProblem::toString).toList();
            assertThat(gaps).as(id).hasSize(expected.length - 1);
            for (int i = 1; i < expected.length; i++) {
                assertThat(gaps.get(i - 1)).as(id).contains(expected[i]);
            }
        }
    }

    private void write(String[] name, String text) throws IOException {
        String option = name.length > 1 ? name[1] : "";
        if (option.equals("chart")) {
            write(name[0] + "/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
            write(name[0] + "/values.yaml", "image: base:1\nside: {on: false, image: 'side:1'}\n");
            write(name[0] + "/templates/p.yaml", TEMPLATE);
            return;
        }
        write(name[0], text.replaceAll("(?m)^@P\n", POD));
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void showsTheTemplateWhenAKustomizationRendersAChart() throws IOException {
        write(new String[] {"manifests/app/charts/c", "chart"}, "");
        write("manifests/app/kustomization.yaml", "helmCharts: [{name: c, releaseName: r}]\n");

        ImageInventory inventory = session.scanner().scan(context);

        assertThat(inventory.occurrences(ImageReference.parse("base:1")))
                .extracting(ImageOccurrence::toString)
                .contains("docker.io/library/base:1 CERTAIN by pod-spec at manifests/app/charts/c/templates/p.yaml:6"
                        + " spec.containers[0].image");
    }

    @Test
    void showsTheObjectWhenItDeploysADirectory() throws IOException {
        write("deploy/pod.yaml", POD);
        write("manifests/flux.yaml", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web}
                spec: {path: ./deploy}
                """);

        ImageInventory inventory = session.scanner().scan(context);

        assertThat(inventory.explain(ImageReference.parse("app:1"))).isEqualTo("""
                docker.io/library/app:1 is saved
                  deploy/pod.yaml:6
                    CERTAIN by pod-spec, spec.containers[0].image, applied by manifests/flux.yaml:1""");
    }

    @Test
    @Timeout(60)
    void reportsGapsWhenAliasesMakeTheObjectsEndless() throws IOException {
        StringBuilder bomb = new StringBuilder("l0: &l0 {a: b}\n");
        for (int i = 1; i <= 40; i++) {
            bomb.append("l%d: &l%d {a: *l%d, b: *l%d}\n".formatted(i, i, i - 1, i - 1));
        }
        String name = "apiVersion: %s\nkind: %s\nmetadata: {name: bomb}\n";
        write("manifests/app/bomb.yaml", name.formatted("example.org/v1", "Thing") + bomb);
        write("manifests/app/kustomization.yaml", "resources: [bomb.yaml]\n");
        write("deploy/bomb.yaml", name.formatted("example.org/v1", "Thing") + bomb);
        write("manifests/flux.yaml", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: web}
                spec: {path: ./deploy, postBuild: {substitute: {a: b}}}
                """);
        write(
                "manifests/argo.yaml",
                name.formatted("argoproj.io/v1alpha1", "Application") + "spec: {source: {path: deploy}}\n" + bomb);

        assertThat(session.scanner().scan(context).gaps())
                .extracting(ScanProblem::toString)
                .anyMatch(it -> it.startsWith("manifests/app/bomb.yaml:1: the document has too many nodes"))
                .anyMatch(it -> it.startsWith("deploy/bomb.yaml:1: the document has too many nodes"))
                .anyMatch(it -> it.startsWith("manifests/argo.yaml:1: the Application 'bomb' cannot be read: "));
    }

    @Test
    void endsWhenApplicationsDeployEachOther() throws IOException {
        for (String name : List.of("a", "b")) {
            write("apps/" + name + "/app.yaml", """
                    apiVersion: argoproj.io/v1alpha1
                    kind: Application
                    metadata: {name: %s}
                    spec: {source: {repoURL: x, path: apps/%s}}
                    """.formatted(name, name.equals("a") ? "b" : "a"));
            write("apps/" + name + "/pod.yaml", POD.replace("app:1", name + ":1"));
        }
        Files.createDirectories(context.resolve("manifests"));
        Files.copy(context.resolve("apps/a/app.yaml"), context.resolve("manifests/app.yaml"));

        ImageInventory inventory = session.scanner().scan(context);

        assertThat(inventory.references()).hasToString("[docker.io/library/a:1, docker.io/library/b:1]");
    }
}
