package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts inside objects: values, manifests, lists of containers, scripts. */
class ImagesInTextTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{source: {helm: {values: \"image:\\n  repository: r.example.com/a\\n  tag: v1\\n\"}}}",
                "{valuesContent: \"image: {registry: r.example.com, repository: a, tag: v1}\\n\"}",
                "{config: '{\"side\": {\"image\": \"r.example.com/a:v1\"}}'}",
                "{valuesTemplate: \"{{ if .x }}\\nimage: r.example.com/a:v1\\n{{ end }}\\n\"}",
                "{content: \"apiVersion: v1\\nkind: Pod\\nspec: {containers: [{image: 'r.example.com/a:v1'}]}\\n\"}",
                "{content: \"---# c\\na: b\\n---\\nkind: Foo\\nimage: r.example.com/a:v1\\n\"}",
            })
    void findsImageWhenCustomResourceHasTextOfYaml(String spec) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).containsExactly("r.example.com/a:v1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{description: \"image: r.example.com/a:1\\nrepository: see below\\n\"}",
                "{help: 'image: none'}",
                "{usageExample: \"image: r.example.com/a:1\\n\"}",
                "{text: \"Set the image: r.example.com/a:1\\nThen repository: go\\n\"}",
            })
    void savesNothingWhenTextIsProse(String spec) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).isEmpty();
    }

    @Test
    void findsImagesWhenAnnotationHoldsContainers() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: v1
                kind: Pod
                metadata:
                  annotations:
                    hooks.kubevirt.io/hookSidecars: '[{"args": ["-v"], "image": "r.example.com/hook:1"}]'
                    a.example.org/sidecars: |
                      - name: a
                        image: r.example.com/side:1
                    kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"containers":[{"image":"r.example.com/old:1"}]}}'
                    alm-examples: '[{"kind":"Foo","spec":{"image":"r.example.com/example:1"}}]'
                    note: "image: r.example.com/note:1"
                """);
        assertThat(images.saved()).containsExactly("r.example.com/hook:1", "r.example.com/side:1");
        assertThat(images.inventory().occurrences())
                .extracting(ImageOccurrence::line, ImageOccurrence::path)
                .containsExactly(
                        tuple(5, "metadata.annotations['hooks.kubevirt.io/hookSidecars'][0].image"),
                        tuple(8, "metadata.annotations['a.example.org/sidecars'][0].image"));
    }

    @Test
    void findsOfficialImagesWhenTextNamesTheirRegistry() throws IOException {
        ManifestImages images = ManifestImages.ofConfig("""
                a: docker.io/library/busybox:1.28
                b: docker.io/redis:7
                run.sh: |
                  # docker pull docker.io/library/no:1
                  docker pull index.docker.io/library/yes:1 # docker.io/library/no:2
                page: hub.docker.com/r/team/app:1
                prefix: docker.io/library/
                mirror: https://registry-1.docker.io/v2/a:1
                """);
        assertThat(images.saved()).containsExactly("busybox:1.28", "redis:7", "yes:1");
        assertThat(images.shown()).containsExactlyInAnyOrder("no:1", "no:2");
        assertThat(ManifestImages.ofContainer("""
                        args: [--side=docker.io/library/nginx:1.27]
                        env: [{name: SIDE, value: "docker.io/library/busybox:1.35"}, {name: HOST, value: docker.io}]
                        """).saved()).containsExactly("busybox:1.35", "nginx:1.27");
    }

    @Test
    void findsImageWhenNameOfVariableSaysSo() throws IOException {
        assertThat(ManifestImages.ofConfig("""
                        RELATED_IMAGE_DB: mariadb:11.8
                        RELATED_IMAGE_PORT_PROXY: proxy:1
                        related_image_cache: redis:7
                        RELATED_IMAGE_PULL_POLICY: IfNotPresent
                        RELATED_HOST: db:5432
                        image-service: images:8080
                        IMAGE_PROXY_HOST: proxy:80
                        """).saved()).containsExactly("mariadb:11.8", "proxy:1", "redis:7");
        assertThat(ManifestImages.ofContainer("""
                        env:
                          - {name: EXPORTER_IMAGE, value: "exporter:1"}
                          - {name: CURL_SERVER_IMAGE, value: "curl:8"}
                          - {name: RELATED_IMAGE_PORTAL, value: r.example.com/portal}
                          - {name: IMAGE_REGISTRY_HOST, value: "registry:5000"}
                        """).saved())
                .containsExactly("curl:8", "exporter:1", "r.example.com/portal");
    }

    @Test
    void readsOnWhenTabsSeparateAndCommentsFollowMarkers() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: v1
                kind: ConfigMap
                data: {a: b}
                ---# the next one
                apiVersion: v1
                kind: Pod
                spec:
                  containers:
                    - image:\tr.example.com/a:1\t
                      env:
                        - name: SIDE_IMAGE\t
                          value:\t"busybox:1.36"\t# words
                """);
        assertThat(images.saved()).containsExactly("busybox:1.36", "r.example.com/a:1");
        assertThat(images.problems()).isEmpty();
        assertThat(images.inventory().occurrences().get(0).column()).isEqualTo(14);
    }

    @Test
    void findsImagesWhenDataOfSecretIsBase64() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: v1
                kind: Secret
                data:
                  a.yaml: YXBpVmVyc2lvbjogdjEKa2luZDogUG9kCnNwZWM6CiAgY29udGFpbmVyczoKICAgIC0gaW1hZ2U6IHIuZXhhbXBsZS5jb20vYToxCg==
                  DB_IMAGE: cmVkaXM6Nw==
                  WEB_IMAGE: ci5leGFtcGxlLmNvbS93ZWI=
                  WEB_TAG: djI=
                  picture: //4BAg==
                  plain: r.example.com/plain:1
                """);
        assertThat(images.saved())
                .containsExactly("redis:7", "r.example.com/a:1", "r.example.com/plain:1", "r.example.com/web:v2");
        assertThat(images.inventory().occurrences())
                .extracting(ImageOccurrence::line, ImageOccurrence::path)
                .contains(tuple(4, "data['a.yaml'].spec.containers[0].image"), tuple(5, "data.DB_IMAGE"));
    }

    @Test
    void findsImageWhenASecretStandsInAText() throws IOException {
        assertThat(ManifestImages.of("""
                                apiVersion: v1
                                kind: ConfigMap
                                data:
                                  more.yaml: |
                                    apiVersion: v1
                                    kind: Secret
                                    data:
                                      DB_IMAGE: cmVkaXM6Nw==
                                """).saved()).containsExactly("redis:7");
    }

    @Test
    void findsNoImageWhenDataOfConfigMapLooksLikeBase64() throws IOException {
        assertThat(ManifestImages.ofConfig(
                                "a: YXBpVmVyc2lvbjogdjEKa2luZDogUG9kCnNwZWM6CiAgY29udGFpbmVyczoKICAgIC0gaW1hZ2U6IHIuZXhhbXBsZS5jb20vYToxCg==")
                        .shown())
                .isEmpty();
    }

    @Test
    void findsImagesWhenContainerRunsScript() throws IOException {
        assertThat(ManifestImages.ofCustom("""
                        {steps: [{image: "r.example.com/a:1", script: "#!/bin/sh\\nkubectl run --image=b:1\\n# c/c:1.0\\n"}]}
                        """).saved()).containsExactly("b:1", "r.example.com/a:1");
        assertThat(ManifestImages.ofCustom("{script: {image: a:1, source: docker run r.example.com/b:1}}")
                        .saved())
                .containsExactly("a:1", "r.example.com/b:1");
    }

    @Test
    void savesNothingWhenLineOfTextIsComment() throws IOException {
        ManifestImages images = ManifestImages.ofConfig("a.conf: \"# image: a:1\\n// image=b:1\\nimage: c:1\\n\"");
        assertThat(images.saved()).containsExactly("c:1");
        assertThat(images.shown()).containsExactly("a:1", "b:1");
    }
}
