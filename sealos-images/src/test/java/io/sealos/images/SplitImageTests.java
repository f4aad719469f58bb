package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images whose name and tag stand in fields or variables of their own. */
class SplitImageTests {
    private static final String SHA = "0".repeat(64);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{sidecarImage: r.example.com/a, sidecarImageTag: v1} | r.example.com/a:v1",
                "{sidecarImage: r.example.com/a, sidecarTag: v1} | r.example.com/a:v1",
                "{sidecarImage: r.example.com/a, sidecarVersion: '1'} | r.example.com/a:1",
                "{sidecarImage: r.example.com/a, sidecarImageVersion: 1.2} | r.example.com/a:1.2",
                "{sidecar_image: r.example.com/a, sidecar_image_tag: v1} | r.example.com/a:v1",
                "{sidecar-image: r.example.com/a, sidecar-version: v1} | r.example.com/a:v1",
                "{sidecarRepository: r.example.com/a, sidecarTag: v1} | r.example.com/a:v1",
                "{baseImage: r.example.com/a, version: v1} | r.example.com/a:v1",
                "{baseImage: r.example.com/a, version: v1, tag: v2} | r.example.com/a:v2",
                "{serverImage: nats, version: 1.3.0} | nats:1.3.0",
                "{dockerImage: r.example.com/a, dockerTag: v1} | r.example.com/a:v1",
                "{imageName: r.example.com/a, imageTag: v1} | r.example.com/a:v1",
                "{repo: r.example.com/a, tag: v1} | r.example.com/a:v1",
                "{repository: r.example.com/a, version: v1} | r.example.com/a:v1",
                "{image: {path: r.example.com/a, tag: v1}} | r.example.com/a:v1",
                "{image: {name: r.example.com/a, version: v1}} | r.example.com/a:v1",
                "{registry: r.example.com/, repository: team/a, tag: v1} | r.example.com/team/a:v1",
                "{registry: r.example.com, image: team/a, version: v1} | r.example.com/team/a:v1",
                "{registry: r.example.com, name: team/a, tag: v1} | r.example.com/team/a:v1",
                "{registry: r.example.com, repository: team, name: a, tag: v1} | r.example.com/team/a:v1",
                "{aImage: {repository: team, name: a, tag: v1}} | team/a:v1",
                "{registry: r.example.com, a: {image: team/a, tag: v1}} | r.example.com/team/a:v1",
                "{registry: r.example.com, tag: v1, a: {image: a}} | r.example.com/a:v1",
                "{version: v1, a: {baseImage: team/a}} | team/a:v1",
            })
    void joinsNameAndTagWhenTheyAreFields(String spec, String image) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).containsExactly(image);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{image: {registry: r.example.com, repository: team/a}} | | r.example.com/team/a",
                "{image: {registry: r.example.com, repository: team/a, tag: ''}} | | r.example.com/team/a",
                "{image: {repository: team/a}} | | team/a",
                "{web: {registry: r.example.com, image: team/a}} | r.example.com/team/a |",
                "{webImageRegistry: r.example.com, webImage: team/a} | r.example.com/team/a |",
                "{sourceRepository: github.com/team/a, chart: {repository: r.example.com/a}} | |",
            })
    void findsTheImageWhenNoFieldHasItsTag(String spec, String saved, String shown) throws IOException {
        ManifestImages images = ManifestImages.ofCustom(spec);

        assertThat(images.saved()).isEqualTo(saved == null ? List.of() : List.of(saved));
        assertThat(images.shown()).isEqualTo(shown == null ? List.of() : List.of(shown));
    }

    @Test
    void joinsDigestWhenItIsField() throws IOException {
        String digests = """
                {a: {registry: r.example.com, repository: a, tag: v1, digest: "sha256:%1$s"},
                b: {image: r.example.com/b, version: v1, digest: "sha256:%1$s"},
                c: {baseImage: r.example.com/c, version: v1, sha: "%1$s"},
                d: {repository: r.example.com, image: d, version: "sha256:%1$s"},
                e: {sideImage: r.example.com/e, sideImageDigest: "sha256:%1$s"}}
                """.formatted(SHA);
        assertThat(ManifestImages.ofCustom(digests.replace("\n", " ")).saved())
                .containsExactly(
                        "r.example.com/a:v1@sha256:" + SHA,
                        "r.example.com/b@sha256:" + SHA,
                        "r.example.com/c@sha256:" + SHA,
                        "r.example.com/d@sha256:" + SHA,
                        "r.example.com/e@sha256:" + SHA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{image: 'nginx:1.25', version: '3', chartVersion: 9.0.0} | nginx:1.25",
                "{serverImage: 'r.example.com/a:1', clientImageTag: v9, imageTag: v8} | r.example.com/a:1",
                "{sideImage: r.example.com/a, version: v1} | r.example.com/a",
                "{version: v1, image: 'team/b:2', a: {baseImage: team/a}} | team/a,team/b:2",
                "{repository: team/a, name: label, tag: v1} | team/a:v1",
                "{image: {registry: r.example.com, repository: team/a, name: a, tag: v1}} | r.example.com/team/a:v1",
            })
    void takesNoTagOfAnotherWhenNamesDiffer(String spec, String images) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).containsExactly(images.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{chart: {repository: ghcr.io/a/charts, name: web, version: 1.2.3}}",
                "{chartRepository: ghcr.io/a/b, chartVersion: 1.2.3}",
                "{gitRepository: git.example.com/a/b, gitTag: v1}",
                "{git: {repo: git.example.com/a/b, tag: v1}}",
                "{helm: {repository: r.example.com/a/web, tag: 1.2.3}}",
                "{repository: team/app, version: 1.2.3}",
                "{repo: team/app, tag: v1}",
                "{repository: nvcr.io/nvidia, image: driver}",
                "{registry: r.example.com, name: settings, kind: x}",
            })
    void savesNothingWhenFieldsAreOfCodeOrNotWhole(String spec) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).isEmpty();
    }

    @Test
    void joinsVariablesWhenTheyHaveTheSameName() throws IOException {
        assertThat(ManifestImages.ofContainer("""
                        env:
                          - {name: DB_IMAGE_REPOSITORY, value: r.example.com/db}
                          - {name: DB_VERSION, value: "1"}
                          - {name: WEB_IMAGE, value: r.example.com/web}
                          - {name: WEB_TAG, value: v2}
                          - {name: LOG_TAG, value: app}
                          - {name: TEAM_CACHE_IMAGE, value: r.example.com/cache}
                          - {name: CACHE_VERSION, value: "8"}
                          - {name: JOB_REGISTRY, value: r.example.com}
                          - {name: JOB_IMAGE_NAME, value: team/job}
                          - {name: JOB_IMAGE_TAG, value: v3}
                          - {name: OLD_IMAGE, value: "r.example.com/old:1"}
                          - {name: OLD_VERSION, value: "2"}
                          - {name: HOST, value: r.example.com}
                          - {name: DEP_IMAGE, value: "$(HOST)/dep:4"}
                          - {name: GIT_REPOSITORY, value: git.example.com/a/b}
                          - {name: GIT_TAG, value: v1}
                        args: [--side-image=r.example.com/side, --side-image-tag=v5, --gate-image, r.example.com/gate,
                          --gate-version, v6, --app-version=7]
                        """).saved())
                .containsExactly(
                        "r.example.com/cache:8",
                        "r.example.com/db:1",
                        "r.example.com/dep:4",
                        "r.example.com/gate:v6",
                        "r.example.com/old:1",
                        "r.example.com/side:v5",
                        "r.example.com/team/job:v3",
                        "r.example.com/web:v2");
    }

    @Test
    void joinsKeysAndLinesWhenConfigMapHasThem() throws IOException {
        ManifestImages images = ManifestImages.ofConfig("""
                worker.image: r.example.com/worker
                worker.version: "7"
                agentImage: r.example.com/agent
                agentImageTag: v1
                openImage: r.example.com/open
                app.env: |
                  # HINT_IMAGE=r.example.com/hint:1
                  export WEB_IMAGE="r.example.com/web"
                  WEB_TAG=v6
                  SIDE_IMAGE=busybox:1.36
                  OUTPUT_IMAGE=r.example.com/out:1
                """);
        assertThat(images.saved())
                .containsExactly(
                        "busybox:1.36", "r.example.com/agent:v1", "r.example.com/web:v6", "r.example.com/worker:7");
        assertThat(images.inventory().occurrences())
                .filteredOn(it -> it.reference().repository().equals("web"))
                .extracting(ImageOccurrence::line, ImageOccurrence::column)
                .containsExactly(tuple(11, 23));
    }

    @Test
    void joinsParametersAndAnnotationsWhenTheyAreParted() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: argoproj.io/v1alpha1
                        kind: Application
                        metadata: {annotations: {p.example.org/side-image: r.example.com/side, p.example.org/side-version: v1}}
                        spec:
                          source:
                            helm:
                              parameters:
                                - {name: image.repository, value: r.example.com/a}
                                - {name: image.tag, value: "6"}
                                - {name: web.image.registry, value: r.example.com}
                                - {name: web.image.repository, value: team/web}
                                - {name: web.image.tag, value: "7"}
                                - {name: service.port, value: "80"}
                            kustomize: {images: ["old=r.example.com/new:8"]}
                        """).saved())
                .containsExactly(
                        "r.example.com/a:6",
                        "r.example.com/new:8",
                        "r.example.com/side:v1",
                        "r.example.com/team/web:7");
        assertThat(ManifestImages.ofCustom("{set: {image.repository: r.example.com/a, image.tag: v1}}")
                        .saved())
                .containsExactly("r.example.com/a:v1");
    }

    @Test
    void takesSharedRegistryWhenListOfImagesHasDefaults() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: config.k8ssandra.io/v1beta2
                        kind: ImageConfig
                        images:
                          medusa: {repository: k8ssandra, name: medusa, tag: 0.31.0}
                          reaper: {registry: quay.io, repository: team, name: reaper, tag: 5.0.0}
                        defaults: {registry: r.example.com}
                        types: {cassandra: {repository: k8ssandra, name: cass-management-api, suffix: -ubi}}
                        """).saved())
                .containsExactly("quay.io/team/reaper:5.0.0", "r.example.com/k8ssandra/medusa:0.31.0");
    }

    @Test
    void takesSharedRegistryWhenListOfTextsHasOne() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: config.k8ssandra.io/v1beta1
                        kind: ImageConfig
                        images: {logger: "k8ssandra/logger:v1", builder: "quay.io/team/builder:v2"}
                        imageRegistry: r.example.com:5000
                        """).saved())
                .containsExactly("quay.io/team/builder:v2", "r.example.com:5000/k8ssandra/logger:v1");
    }

    @Test
    void replacesByDigestWhenKustomizationHasNoTag() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: kustomize.toolkit.fluxcd.io/v1
                        kind: Kustomization
                        spec: {images: [{name: r.example.com/a, digest: "sha256:%s"}]}
                        """.formatted(SHA)).saved()).containsExactly("r.example.com/a@sha256:" + SHA);
    }

    @Test
    void findsImageWhenDefaultVersionStandsBeside() throws IOException {
        assertThat(ManifestImages.ofCustom("{image: team/a, defaultImageVersion: 1.17.0}")
                        .saved())
                .containsExactly("team/a:1.17.0");
        assertThat(ManifestImages.ofCustom("{image: \"team/a:2\", defaultImageVersion: 1.17.0, defaultVersion: 3.0.0}")
                        .saved())
                .containsExactly("team/a:2");
    }
}
