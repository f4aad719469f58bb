package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealos.images.ScanProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteArtifactTests {
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    @TempDir
    Path context;

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/m/n"}~r.e/m/n:latest~
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/m/", ref: {tag: "1"}}~r.e/m:1~
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/m", ref: {tag: "1", semver: "1.0.0"}}~~'1.0.0' is a range of versions
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/m", ref: {semver: "1", digest: "DIGEST"}}~r.e/m@DIGEST~
            source.toolkit.fluxcd.io/v1~OCIRepository~{url: "oci://r.e/${x}"}~~'r.e/${x}:latest' is not the name of one
            helm.cattle.io/v1~HelmChart~{chart: "oci://r.e/c/web", version: v1.2.3-a+b}~r.e/c/web:v1.2.3-a_b~
            helm.cattle.io/v1~HelmChart~{chart: "oci://r.e:5000/c/web:1.2.3"}~r.e:5000/c/web:1.2.3~
            helm.cattle.io/v1~HelmChart~{chart: "oci://r.e:5000/c/web"}~~it names no version
            helm.cattle.io/v1~HelmChart~{chart: "oci://r.e/c/web", version: "1.2"}~~'1.2' is a range of versions
            helm.cattle.io/v1~HelmChart~{chart: web, repo: "https://r.e/c", version: 1.2.3}~~
            argoproj.io/v1alpha1~Application~{source: {repoURL: r.e/c, chart: web, targetRevision: "1.2"}}~r.e/c/web:1.2~
            argoproj.io/v1alpha1~Application~{source: {repoURL: r.e/c, chart: web, targetRevision: 1.2.x}}~~'1.2.x' is a range of versions
            argoproj.io/v1alpha1~Application~{source: {repoURL: r.e/c, chart: web, targetRevision: ">=1 <2"}}~~'>=1 <2' is a range of versions
            argoproj.io/v1alpha1~Application~{source: {repoURL: "oci://r.e/m", path: ., targetRevision: "DIGEST"}}~r.e/m@DIGEST~
            argoproj.io/v1alpha1~Application~{source: {repoURL: "oci://r.e/m", path: ., targetRevision: main}}~r.e/m:main~
            argoproj.io/v1alpha1~Application~{source: {repoURL: "git@g.e:m/n", path: a}}~~
            argoproj.io/v1alpha1~ApplicationSet~{template: {spec: {source: {repoURL: r.e/c, chart: "{{a}}", targetRevision: "1"}}}}~~'r.e/c/{{a}}:1' is not the name of one
            pkg.crossplane.io/v1~Provider~{package: "x.e/p:v1"}~x.e/p:v1~
            olm.operatorframework.io/v1~ClusterCatalog~{source: {image: {ref: "q.e/o/catalog"}}}~q.e/o/catalog:latest~
            """)
    void isArtifactWhenAnObjectNamesOneWithAFixedVersion(
            String version, String kind, String spec, String artifact, String problem) throws IOException {
        write("apiVersion: " + version + "\nkind: " + kind + "\nmetadata: {name: a}\nspec: "
                + spec.replace("DIGEST", DIGEST) + "\n");

        ImageInventory inventory =
                ImageScanner.builder().build().withArtifacts().scan(context);

        assertThat(inventory.siteNeeds())
                .singleElement()
                .satisfies(need -> assertThat(
                                need.artifact().map(ImageReference::toString).orElse(null))
                        .isEqualTo(artifact == null ? null : artifact.replace("DIGEST", DIGEST)));
        assertThat(inventory.gaps().stream().filter(it -> it.kind() == Kind.NOT_SAVABLE))
                .map(it -> it.toString().replaceAll(".*cannot be saved: ", ""))
                .isEqualTo(problem == null ? List.of() : List.of(problem));
        assertThat(ImageInventory.parse(inventory.toJson())).isEqualTo(inventory);
        assertThat(scan().gaps()).noneMatch(it -> it.kind() == Kind.NOT_SAVABLE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '^', textBlock = """
            HelmRelease a~r.e/c/web:1~oci://sealos.hub:5000/c in a HelmRepository, or oci://sealos.hub:5000/c/web in an OCIRepository, with insecure: true and its login in secretRef
            OCIRepository a~localhost/m:1~oci://sealos.hub:5000/localhost/m, with insecure: true and its login in secretRef
            HelmChart a~r.e/web:1~oci://sealos.hub:5000/web, with plainHTTP: true and its login in dockerRegistrySecret
            Application a~r.e/c/web:1~sealos.hub:5000/c/web, with a repository Secret that has insecureOCIForceHttp: "true" and its login
            Provider a~r.e/p:1~sealos.hub:5000/p, with its login, and over TLS if the controller requires that
            """)
    void fixNamesTheRegistryOfTheSiteWhenItIsAnArtifact(String object, String artifact, String names) {
        SiteNeed need = SiteNeed.of(SiteNeed.Kind.CHART, "a.yaml", 1, object, "oci://" + artifact, "")
                .withArtifact(ImageReference.parse(artifact));

        assertThat(need.fix())
                .isEqualTo(
                        "save artifacts, too (saveArtifacts), and let the object name the registry of the site, such as "
                                + names);
    }

    @Test
    void artifactsAreNamedOnceWhenSeveralObjectsNeedThemOrTheyAreImages() throws IOException {
        write("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata: {name: web}
                spec: {url: "oci://r.e/c/web", ref: {tag: 1.0.0}}
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: web}
                spec: {chartRef: {kind: OCIRepository, name: web}}
                ---
                apiVersion: pkg.crossplane.io/v1
                kind: Provider
                metadata: {name: p}
                spec: {package: "x.e/p:v1"}
                """);

        assertThat(scan().artifacts()).hasToString("[r.e/c/web:1.0.0]");
        assertThat(scan().siteNeeds()).hasSize(3);
        assertThat(scan().references()).hasToString("[x.e/p:v1]");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(context.resolve("manifests"));
        Files.writeString(context.resolve("manifests/a.yaml"), text);
    }

    private ImageInventory scan() throws IOException {
        return ImageScanner.builder().build().scan(context);
    }
}
