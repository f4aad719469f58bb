package io.sealos.images;

import static io.sealos.images.OperatorScans.deployment;
import static io.sealos.images.OperatorScans.names;
import static io.sealos.images.OperatorScans.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans contexts with operators, whose parts come from different sources. */
class OperatorScanTests {
    private static final String OPERATOR = "quay.io/jetstack/cert-manager-controller:v1.19.1";
    private static final String SOLVER = "quay.io/jetstack/cert-manager-acmesolver:v1.19.1";

    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: Issuer
            metadata:
              name: acme
            spec:
              acme:
                solvers:
                - http01: {}
            """;

    @TempDir
    private Path context;

    private void write(String file, String text) throws IOException {
        Path path = context.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private ImageInventory scanContext() throws IOException {
        return ImageScanner.builder().build().scan(context);
    }

    private static List<String> possible(ImageInventory inventory) {
        return inventory.references(Confidence.POSSIBLE).stream()
                .map(ImageReference::toString)
                .toList();
    }

    @Test
    void explainsImageWhenOperatorStartsIt() throws Exception {
        ImageInventory inventory = scan(deployment(OPERATOR) + ISSUER);

        ImageReference solver = ImageReference.parse(SOLVER);
        ImageOccurrence occurrence = inventory.occurrences(solver).get(0);
        assertThat(occurrence.reason()).contains("cert-manager 1.19.1 starts it for Issuer 'acme' (acme-solver)");
        assertThat(occurrence.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(occurrence.finder()).isEqualTo("operator");
        assertThat(occurrence.line()).isEqualTo(14);
        assertThat(occurrence)
                .hasToString(SOLVER + " LIKELY by operator at manifests/app.yaml:14: cert-manager 1.19.1 starts it for"
                        + " Issuer 'acme' (acme-solver)");
        assertThat(inventory.explain(solver)).isEqualTo("""
                %s is saved
                  manifests/app.yaml:14
                    LIKELY by operator, cert-manager 1.19.1 starts it for Issuer 'acme' (acme-solver)""".formatted(SOLVER));
        assertThat(ImageInventory.parse(inventory.toJson())).isEqualTo(inventory);
        assertThat(inventory.occurrences(ImageReference.parse(OPERATOR)).get(0).reason())
                .isEmpty();
    }

    @Test
    void joinsOperatorAndResourceWhenTheyAreInDifferentFiles() throws Exception {
        write("manifests/a/issuer.yaml", ISSUER);
        write("manifests/b/operator.yaml", deployment(OPERATOR));

        assertThat(scanContext().occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::file, ImageOccurrence::line)
                .containsExactly(tuple("manifests/a/issuer.yaml", 1));
    }

    @Test
    void joinsOperatorAndResourceWhenKustomizationAndCommandApplyThem() throws Exception {
        write("operator/kustomization.yaml", """
                resources: [operator.yaml]
                images:
                - name: quay.io/jetstack/cert-manager-controller
                  newName: registry.example.com/jetstack/cert-manager-controller
                """);
        write("operator/operator.yaml", deployment(OPERATOR));
        write("Kubefile", """
                FROM scratch
                COPY operator operator
                CMD ["kubectl apply -k operator", "echo '%s' | kubectl apply -f -"]
                """.formatted("apiVersion: cert-manager.io/v1\\nkind: Issuer\\nmetadata: {name: acme}\\n"
                + "spec: {acme: {solvers: [{http01: {}}]}}"));

        ImageInventory inventory = scanContext();

        assertThat(names(inventory))
                .containsExactly(SOLVER, "registry.example.com/jetstack/cert-manager-controller:v1.19.1");
        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::file, ImageOccurrence::line, ImageOccurrence::commands)
                .containsExactly(tuple("Kubefile", 6, List.of("Kubefile:6")));
    }

    @Test
    void joinsOperatorAndResourceWhenChartRendersThem() throws Exception {
        write("charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n");
        ChartRenderer renderer = request -> RenderedChart.of(
                "app",
                List.of(RenderedDocument.of("app/templates/all.yaml", deployment(OPERATOR) + ISSUER)),
                List.of());

        ImageInventory inventory =
                ImageScanner.builder().chartRenderer(renderer).build().scan(context);

        assertThat(names(inventory)).containsExactly(SOLVER, OPERATOR);
        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::place)
                .containsExactly("charts/app app/templates/all.yaml");
    }

    @Test
    void joinsOperatorAndResourceWhenTemplateRendersIt() throws Exception {
        write("manifests/operator.yaml", deployment(OPERATOR));
        write("manifests/issuer.yaml.tmpl", "# {{ .NAME }}\n" + ISSUER);

        ImageInventory inventory = ImageScanner.builder().build().scan(context);

        assertThat(names(inventory)).containsExactly(SOLVER, OPERATOR);
        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::file, ImageOccurrence::line)
                .containsExactly(tuple("manifests/issuer.yaml.tmpl", 2));
    }

    @Test
    void unitesScenariosWhenChartRendersResourceSeveralTimes() throws Exception {
        write("charts/app/Chart.yaml", "name: app\nversion: 1.0.0\n");
        ChartRenderer renderer = request -> RenderedChart.of(
                "app",
                List.of(RenderedDocument.of(
                        "app/templates/all.yaml",
                        (request.values().helmArguments().isEmpty() ? "" : "# values\n")
                                + deployment(OPERATOR)
                                + ISSUER)),
                List.of());

        ImageInventory inventory = ImageScanner.builder()
                .chartRenderer(renderer)
                .scenario(ChartScenario.builder("ha").set("mode", "ha").build())
                .build()
                .scan(context);

        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::line, ImageOccurrence::scenarios)
                .containsExactly(tuple(14, List.of("defaults", "ha")));
    }

    @Test
    void honoursArgumentWhenOperatorHasOne() throws Exception {
        String own = "registry.example.com/acmesolver:v1";
        for (String argument : List.of(
                "--acme-http01-solver-image=" + own,
                "\"--acme-http01-solver-image\"\n        - " + own,
                "-acme-http01-solver-image=" + own)) {
            assertThat(names(scan(deployment(OPERATOR, argument) + ISSUER)))
                    .as(argument)
                    .containsExactly(OPERATOR, own);
        }
    }

    @Test
    void recognizesOperatorWhenRegistryIsAnother() throws Exception {
        String mirrored = "registry.example.com/proxy/jetstack/cert-manager-controller:v1.19.1";

        assertThat(names(scan(deployment(mirrored) + ISSUER))).containsExactly(SOLVER, mirrored);
        assertThat(names(scan(deployment("example.com/notjetstack/cert-manager-controller:v1.19.1") + ISSUER)))
                .doesNotContain(SOLVER);
    }

    @Test
    void showsDefaultWhenThereIsNoResource() throws Exception {
        ImageInventory inventory = scan(deployment(OPERATOR));

        assertThat(names(inventory)).containsExactly(OPERATOR);
        assertThat(possible(inventory)).containsExactly(SOLVER);
        assertThat(inventory.problems()).isEmpty();
        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)).get(0).reason())
                .contains("cert-manager 1.19.1 would start it for a resource of the kind Issuer (acme-solver)");
    }

    @Test
    void hasGapWhenVersionIsNotKnown() throws Exception {
        for (String version : List.of("v99.0.0", "latest", "v1.19.1-rc.1")) {
            ImageInventory inventory = scan(deployment("quay.io/jetstack/cert-manager-controller:" + version) + ISSUER);

            assertThat(inventory.gaps()).hasSize(1);
            ScanProblem gap = inventory.gaps().get(0);
            assertThat(gap.kind()).isEqualTo(Kind.UNKNOWN_OPERATOR);
            assertThat(gap.file()).isEqualTo("manifests/app.yaml");
            assertThat(gap.line()).isEqualTo(14);
            assertThat(gap.fix()).isEqualTo("list the images that it starts in a file of images/shim");
        }
        ImageInventory inventory = scan(deployment("quay.io/jetstack/cert-manager-controller:v99.0.0") + ISSUER);
        assertThat(inventory.gaps().get(0).message())
                .isEqualTo(
                        "cert-manager 99.0.0 starts images for Issuer 'acme' that are not known, because only 1.8.0 to"
                                + " 1.21.1 are known; 1.21.1 would start quay.io/jetstack/cert-manager-acmesolver:v99.0.0");
        assertThat(possible(inventory)).containsExactly("quay.io/jetstack/cert-manager-acmesolver:v99.0.0");
    }

    @Test
    void hasNoGapWhenImageOfUnknownVersionIsListed() throws Exception {
        write("manifests/all.yaml", deployment("quay.io/jetstack/cert-manager-controller:v99.0.0") + ISSUER);
        write("images/shim/list", "quay.io/jetstack/cert-manager-acmesolver:v99.0.0\n");

        assertThat(scanContext().gaps()).isEmpty();
    }

    @Test
    void hasNoGapWhenCallerExcludesImageOfUnknownVersion() throws Exception {
        ImageInventory inventory = scan(
                ImageScanner.builder().ignore("quay.io/jetstack/cert-manager-acmesolver:*"),
                deployment("quay.io/jetstack/cert-manager-controller:v99.0.0") + ISSUER);

        assertThat(inventory.gaps()).isEmpty();
        assertThat(inventory.notices()).isEmpty();
    }

    @Test
    void hasGapWhenOnlyImageOfOperatorIsKnown() throws Exception {
        write("manifests/issuer.yaml", ISSUER);
        write("images/shim/list", OPERATOR + "\n");

        ImageInventory inventory = scanContext();

        assertThat(names(inventory)).containsExactly(OPERATOR);
        assertThat(inventory.occurrences(ImageReference.parse(SOLVER)))
                .extracting(ImageOccurrence::confidence, it -> it.reason().orElse(""))
                .containsExactly(tuple(
                        Confidence.POSSIBLE,
                        "cert-manager 1.19.1 would start it without arguments for Issuer 'acme' (acme-solver)"));
        assertThat(inventory.gaps())
                .extracting(ScanProblem::toString)
                .containsExactly("manifests/issuer.yaml:1: cert-manager 1.19.1 starts images for Issuer 'acme' that are"
                        + " not known, because its arguments are not known; without any it starts " + SOLVER);
    }

    @Test
    void showsNothingWhenOnlyImageOfOperatorIsKnownAndNoResource() throws Exception {
        write("images/shim/list", OPERATOR + "\n");

        assertThat(scanContext().occurrences())
                .extracting(ImageOccurrence::finder)
                .containsExactly("shim-list");
    }

    @Test
    void hasGapWhenNothingSetsVersionOfResource() throws Exception {
        String manifest = deployment("docker.elastic.co/eck/eck-operator:3.2.0") + """
                apiVersion: elasticsearch.k8s.elastic.co/v1
                kind: Elasticsearch
                metadata:
                  name: logs
                spec: {}
                """;

        assertThat(scan(manifest).gaps())
                .extracting(ScanProblem::kind, ScanProblem::message, ScanProblem::fix)
                .containsExactly(tuple(
                        Kind.UNSET,
                        "eck 3.2.0 starts an image for Elasticsearch 'logs' (elasticsearch) that is not known, because"
                                + " nothing sets the field spec.version",
                        "set it, or list the image in a file of images/shim"));
    }

    @Test
    void hasGapWhenVersionOfResourceIsVariable() throws Exception {
        String manifest = deployment("docker.elastic.co/eck/eck-operator:3.2.0") + """
                apiVersion: elasticsearch.k8s.elastic.co/v1
                kind: Elasticsearch
                metadata:
                  name: logs
                spec: {version: "${VERSION}"}
                """;

        assertThat(scan(manifest).gaps())
                .extracting(ScanProblem::message)
                .containsExactly("eck 3.2.0 starts an image for Elasticsearch 'logs' (elasticsearch) that is not known,"
                        + " which is not an image: 'docker.elastic.co/elasticsearch/elasticsearch:${VERSION}'");
    }

    @Test
    void showsImageWhenOperatorIsNotInContext() throws Exception {
        ImageInventory inventory = scan("""
                apiVersion: elasticsearch.k8s.elastic.co/v1
                kind: Elasticsearch
                metadata:
                  name: logs
                spec: {version: 8.17.3}
                ---
                """ + ISSUER);

        assertThat(names(inventory)).isEmpty();
        assertThat(possible(inventory)).containsExactly("docker.elastic.co/elasticsearch/elasticsearch:8.17.3");
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void takesNoObjectForResourceWhenItOnlyRefersToOneOrIsAnExample() throws Exception {
        String manifest = deployment(OPERATOR) + """
                apiVersion: v1
                kind: Service
                metadata:
                  name: web
                  annotations:
                    alm-examples: |
                      [{"apiVersion": "cert-manager.io/v1", "kind": "Issuer", "metadata": {"name": "example"},
                        "spec": {"acme": {"solvers": [{"http01": {}}]}}}]
                spec:
                  issuerRef: {apiVersion: cert-manager.io/v1, kind: Issuer, name: acme, spec: {acme: {solvers: [{http01: {}}]}}}
                """;

        assertThat(names(scan(manifest))).containsExactly(OPERATOR);
    }

    @Test
    void listsFirstPlacesWhenResourcesAreMany() throws Exception {
        StringBuilder manifest = new StringBuilder(deployment(OPERATOR));
        for (int i = 0; i < 250; i++) {
            manifest.append(ISSUER.replace("acme\n", "acme" + i + "\n")).append("---\n");
        }

        ImageInventory inventory = scan(manifest.toString());

        assertThat(inventory.occurrences(ImageReference.parse(SOLVER))).hasSize(100);
        assertThat(inventory.notices())
                .containsExactly("manifests/app.yaml has 250 resources of the kind cert-manager.io/Issuer with the same"
                        + " fields, of which the first 100 are listed for the images that their operator starts");
    }

    @Test
    void hasGapWhenOperatorRunsInTooManyWays() throws Exception {
        StringBuilder manifest = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            manifest.append(deployment(OPERATOR, "--namespace=n" + i));
        }

        ImageInventory inventory = scan(manifest + ISSUER);

        assertThat(inventory.gaps())
                .extracting(ScanProblem::toString)
                .containsExactly("manifests/app.yaml:10: cert-manager runs in 30 versions or with different arguments,"
                        + " of which the first 20 were considered");
        assertThat(names(inventory)).containsExactly(SOLVER, OPERATOR);
    }

    @Test
    void savesNothingOfTestWhenResourceIsTestHook() throws Exception {
        String test = ISSUER.replace("  name: acme\n", "  name: acme\n  annotations: {helm.sh/hook: test}\n");
        assertThat(names(scan(deployment(OPERATOR) + test))).containsExactly(OPERATOR);
    }
}
