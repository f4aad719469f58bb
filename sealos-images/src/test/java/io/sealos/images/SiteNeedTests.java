package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteNeedTests {
    private static final String FLUX = """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: source.toolkit.fluxcd.io/v1
              kind: HelmRepository
              metadata: {name: charts, namespace: flux-system}
              spec: {url: https://charts.example.org/stable}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: web, namespace: apps}
            spec:
              chart:
                spec:
                  chart: podinfo
                  version: 6.5.0
                  sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}
              valuesFrom:
              - {kind: ConfigMap, name: shared}
              - {kind: Secret, name: absent, optional: true}
              values: {tag: "007", on: true}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: shared, namespace: apps}
            data:
              values.yaml: |
                tag: overridden
                side: r.e/side:1
            """;

    @AutoClose
    private static final ScanSession SESSION = ImageScanner.builder().build().openSession();

    @TempDir
    Path context;

    @Test
    void isGapWithNeedWhenChartIsRemote() throws IOException {
        write("manifests/app.yaml", FLUX);

        ImageInventory inventory = scan();

        assertThat(inventory.siteNeeds()).singleElement().satisfies(need -> {
            assertThat(need.kind()).isEqualTo(SiteNeed.Kind.CHART);
            assertThat(need.address()).isEqualTo("https://charts.example.org/stable/podinfo");
            assertThat(need.version()).isEqualTo("6.5.0");
            assertThat(need.artifact()).isEmpty();
            assertThat(need.fix())
                    .isEqualTo("put its .tgz into charts/, so that its images are saved; serve it at the site, or push"
                            + " it to a registry of the site, and name that address in the object");
            assertThat(need)
                    .hasToString("manifests/app.yaml:9: HelmRelease apps/web:"
                            + " https://charts.example.org/stable/podinfo 6.5.0");
        });
        assertThat(inventory.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.REMOTE);
            assertThat(gap)
                    .hasToString("manifests/app.yaml:9: HelmRelease apps/web installs the chart podinfo 6.5.0 from"
                            + " https://charts.example.org/stable/podinfo, so its images are not known");
            assertThat(gap.fix())
                    .isEqualTo("put this version of the chart into charts/, where it is rendered with the values of the"
                            + " object; or list its images in a file of images/shim, and accept this gap");
        });
        assertThat(ImageInventory.parse(inventory.toJson())).isEqualTo(inventory);
    }

    @Test
    void hasTheNeedAndOneGapWhenTheDirectoryOfAnObjectIsMissing() throws IOException {
        write("manifests/app.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web}
                spec: {source: {repoURL: "https://g.e/m", path: apps/web, targetRevision: main}}
                """);

        assertThat(scan().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Kind.REMOTE);
            assertThat(gap)
                    .hasToString(
                            "manifests/app.yaml:1: the Application 'web' deploys 'apps/web' of https://g.e/m, which"
                                    + " the context does not have");
            assertThat(gap.fix())
                    .isEqualTo("put the directory into the context directory at this path; or list its images in a"
                            + " file of images/shim, and accept this gap");
        });
        write("apps/web/pod.yaml", "apiVersion: v1\nkind: Pod\nspec: {containers: [{image: 'a/b:1'}]}\n");
        assertThat(scan().problems()).isEmpty();
        assertThat(scan().references()).hasToString("[docker.io/a/b:1]");
        assertThat(scan().siteNeeds())
                .singleElement()
                .hasToString("manifests/app.yaml:1: Application web: https://g.e/m main");
    }

    @Test
    void isGapWhenAnApplicationDeploysAWholeRepository() throws IOException {
        write("manifests/app.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web}
                spec: {sources: [{repoURL: "https://g.e/m"}, {repoURL: "https://g.e/values", ref: values}]}
                """);

        assertThat(scan().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap)
                    .hasToString("manifests/app.yaml:1: the Application 'web' deploys all of https://g.e/m, which the"
                            + " context does not have");
            assertThat(gap.fix())
                    .isEqualTo("put its manifests into manifests/; or list its images in a file of images/shim, and"
                            + " accept this gap");
        });
        assertThat(scan().siteNeeds()).hasSize(2);
    }

    @Test
    void rendersTheChartWhenTheObjectIsInADirectoryThatIsDeployed() throws IOException {
        write("apps/app.yaml", FLUX);
        write("manifests/flux.yaml", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps}
                spec: {path: ./apps}
                """);
        chart("podinfo", "6.5.0");

        assertThat(scan().references()).hasToString("[r.e/podinfo:0, r.e/podinfo:007, r.e/side:1]");
        assertThat(scan().problems()).isEmpty();
        assertThat(scan().siteNeeds()).hasSize(1);
    }

    @Test
    void mergedInventoriesKeepTheNeeds() throws IOException {
        write("a/manifests/app.yaml", FLUX);
        ImageInventory inventory = ImageScanner.builder().build().scan(context.resolve("a"));

        assertThat(ImageInventory.merged(context, Map.of(context.resolve("a"), inventory))
                        .siteNeeds())
                .singleElement()
                .hasToString("a/manifests/app.yaml:9: HelmRelease apps/web:"
                        + " https://charts.example.org/stable/podinfo 6.5.0");
    }

    @Test
    void rendersTheChartWithTheValuesOfTheObjectWhenItIsInTheContext() throws IOException {
        write("manifests/app.yaml", FLUX);
        chart("podinfo", "6.5.0");

        ImageInventory inventory = scan();

        assertThat(inventory.references()).hasToString("[r.e/podinfo:0, r.e/podinfo:007, r.e/side:1]");
        assertThat(inventory.occurrences(ImageReference.parse("r.e/podinfo:007")))
                .allSatisfy(it -> assertThat(it.scenarios()).containsExactly("HelmRelease web (manifests/app.yaml:9)"));
        assertThat(inventory.gaps()).isEmpty();
        assertThat(inventory.siteNeeds()).hasSize(1);
    }

    @Test
    void isGapWhenTheChartInTheContextHasAnotherVersion() throws IOException {
        write("manifests/app.yaml", FLUX);
        chart("podinfo", "6.5.1");

        assertThat(scan().gaps())
                .singleElement()
                .hasToString("manifests/app.yaml:9: HelmRelease apps/web installs the chart podinfo 6.5.0 from"
                        + " https://charts.example.org/stable/podinfo, and charts/podinfo has the version 6.5.1, so its"
                        + " images are not known");
    }

    @Test
    void assumesTheChartWhenTheObjectNamesNoVersion() throws IOException {
        write("manifests/app.yaml", FLUX.replace("      version: 6.5.0\n", "").replace("shared}", "lost}"));
        chart("podinfo", "6.5.1");

        ImageInventory inventory = scan();

        assertThat(inventory.isComplete()).isTrue();
        assertThat(inventory.problems())
                .map(ScanProblem::toString)
                .containsExactly(
                        "manifests/app.yaml:9: HelmRelease apps/web does not name the version of the chart podinfo, and"
                                + " charts/podinfo was taken",
                        "manifests/app.yaml:9: HelmRelease apps/web takes values from the key values.yaml of ConfigMap"
                                + " lost, which were not read; the chart was rendered without them");
    }

    @Test
    void rendersTheChartWhenArgoInstallsIt() throws IOException {
        write("manifests/app.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: web, namespace: argocd}
                spec:
                  destination: {namespace: apps}
                  sources:
                  - repoURL: registry.example.org/charts
                    chart: podinfo
                    targetRevision: 6.5.0
                    helm:
                      values: "side: r.e/side:2"
                      parameters: [{name: tag, value: "a,b", forceString: true}]
                """.replace("a,b", "1.10"));
        chart("podinfo", "6.5.0");

        assertThat(scan().references()).hasToString("[r.e/podinfo:0, r.e/podinfo:1.10, r.e/side:2]");
        assertThat(scan().gaps()).isEmpty();
        assertThat(scan().siteNeeds())
                .singleElement()
                .hasToString("manifests/app.yaml:1: Application argocd/web: registry.example.org/charts/podinfo 6.5.0");
    }

    @Test
    void rendersTheChartWhenK3sInstallsIt() throws IOException {
        write("manifests/app.yaml", """
                apiVersion: helm.cattle.io/v1
                kind: HelmChart
                metadata: {name: web, namespace: kube-system}
                spec:
                  chart: oci://registry.example.org/charts/podinfo
                  version: 6.5.0
                  targetNamespace: apps
                  set: {side: r.e/side:4}
                  valuesContent: |-
                    tag: "4"
                """);
        chart("podinfo", "6.5.0");

        assertThat(scan().references()).hasToString("[r.e/podinfo:0, r.e/podinfo:4, r.e/side:4]");
        assertThat(scan().gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/m", ref: {semver: ">=1"}}~OCI_ARTIFACT~oci://r.e/m >=1~false
            source.toolkit.fluxcd.io/v1~GitRepository~{url: "https://g.e/m", ref: {tag: v1, branch: x}}~GIT_REPOSITORY~https://g.e/m v1~false
            source.toolkit.fluxcd.io/v1~Bucket~{endpoint: s3.e, bucketName: b}~BUCKET~s3.e/b~false
            operators.coreos.com/v1alpha1~CatalogSource~{sourceType: grpc, image: "q.e/catalog:1"}~CATALOG~q.e/catalog:1~false
            operators.coreos.com/v1alpha1~Subscription~{name: etcd, channel: stable, source: c}~CATALOG~etcd stable~true
            olm.operatorframework.io/v1~ClusterExtension~{source: {catalog: {packageName: argo, version: "1.x"}}}~CATALOG~argo 1.x~true
            pkg.crossplane.io/v1~Provider~{package: "x.e/p:v1"}~PACKAGE~x.e/p:v1~false
            pkg.crossplane.io/v1~Configuration~{package: "x.e/c:v1"}~PACKAGE~x.e/c:v1~true
            argoproj.io/v1alpha1~Application~{source: {repoURL: "https://g.e/m", path: apps, targetRevision: main}}~GIT_REPOSITORY~https://g.e/m main~true
            argoproj.io/v1alpha1~ApplicationSet~{template: {spec: {source: {repoURL: "https://c.e", chart: "{{a}}", targetRevision: "1"}}}}~CHART~https://c.e/{{a}} 1~true
            helm.cattle.io/v1~HelmChart~{chart: "https://c.e/traefik-27.0.0.tgz"}~CHART~https://c.e/traefik-27.0.0.tgz~true
            """)
    void isNeedWhenAnObjectNamesWhatItsControllerFetches(
            String version, String kind, String spec, SiteNeed.Kind what, String shown, boolean gap)
            throws IOException {
        write(
                "manifests/a.yaml",
                "# first\n---\napiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: a}\nspec: " + spec
                        + "\n");

        assertThat(scan().siteNeeds()).singleElement().satisfies(need -> {
            assertThat(need.kind()).isEqualTo(what);
            assertThat(need).hasToString("manifests/a.yaml:3: " + kind + " a: " + shown);
        });
        assertThat(scan().gaps()).hasSize(gap ? 1 : 0);
    }

    @Test
    void isGapWhenFluxAppliesADirectoryThatIsNotScanned() throws IOException {
        String flux = """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: a}
                spec: {path: ./apps, sourceRef: {kind: GitRepository, name: g}}
                """;
        write("manifests/a.yaml", flux);

        assertThat(scan().gaps())
                .singleElement()
                .hasToString("manifests/a.yaml:1: the Kustomization 'a' deploys './apps' of GitRepository g, which the"
                        + " context does not have");
        write("manifests/apps/b.yaml", "kind: Namespace\napiVersion: v1\nmetadata: {name: b}\n");
        write("manifests/a.yaml", flux.replace("./apps", "./manifests/apps/"));
        assertThat(scan().gaps()).isEmpty();
    }

    @Test
    void isReportedOnceWhenAKustomizationDeploysADirectoryOfManifests() throws IOException {
        write("manifests/apps/app.yaml", FLUX.replace("web, namespace: apps", "web"));
        write("manifests/flux.yaml", """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: apps}
                spec: {path: ./manifests/apps, targetNamespace: prod}
                """);

        assertThat(scan().siteNeeds())
                .singleElement()
                .hasToString("manifests/apps/app.yaml:9: HelmRelease prod/web:"
                        + " https://charts.example.org/stable/podinfo 6.5.0");
        assertThat(scan().gaps()).hasSize(1);
    }

    @Test
    void isGapWithItsLineWhenAnApplicationSetDeploysDirectories() throws IOException {
        write("manifests/set.yaml", """
                # directories
                apiVersion: argoproj.io/v1alpha1
                kind: ApplicationSet
                metadata: {name: all}
                spec:
                  generators: [{git: {repoURL: "https://g.e/m", directories: [{path: "apps/*"}]}}]
                  template: {spec: {source: {repoURL: "https://g.e/m", path: "{{path}}"}}}
                """);

        assertThat(scan().gaps())
                .singleElement()
                .hasToString("manifests/set.yaml:2: ApplicationSet all applies the directory {{path}} of"
                        + " https://g.e/m, so its images are not known");
    }

    @Test
    void isGapWhenAChartRendersTheObject() throws IOException {
        chart("podinfo", "6.5.0");
        write("charts/podinfo/templates/release.yaml", FLUX);

        assertThat(scan().gaps())
                .singleElement()
                .hasToString("charts/podinfo: HelmRelease apps/web installs the chart podinfo 6.5.0 from"
                        + " https://charts.example.org/stable/podinfo with values that a chart renders, so its images are"
                        + " not known");
    }

    @Test
    void isNothingWhenTheObjectsAreOthers() throws IOException {
        write("manifests/a.yaml", """
                apiVersion: apps.open-cluster-management.io/v1
                kind: Subscription
                metadata: {name: a}
                spec: {source: x, name: y}
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: helmreleases.helm.toolkit.fluxcd.io}
                spec: {group: helm.toolkit.fluxcd.io, names: {kind: HelmRelease}}
                """);

        assertThat(scan().siteNeeds()).isEmpty();
        assertThat(scan().problems()).isEmpty();
    }

    private void chart(String name, String version) throws IOException {
        write("charts/" + name + "/Chart.yaml", "apiVersion: v2\nname: " + name + "\nversion: " + version + "\n");
        write("charts/" + name + "/values.yaml", "tag: \"0\"\nside: \"\"\n");
        write("charts/" + name + "/templates/pod.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  containers:
                  - image: "r.e/podinfo:{{ .Values.tag }}"
                  {{- if .Values.side }}
                  - image: {{ .Values.side }}
                  {{- end }}
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ImageInventory scan() throws IOException {
        return SESSION.scanner().scan(context);
    }
}
