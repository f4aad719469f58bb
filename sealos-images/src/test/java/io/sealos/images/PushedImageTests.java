package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that are made and pushed are none to save; those beside them are. */
class PushedImageTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "args: [--destination, r.example.com/me/a:1]",
                "args: [--destination=r.example.com/me/a:1, --cache-repo=r.example.com/me/cache:1]",
                "command: [docker, push, r.example.com/me/a:1]",
                "command: [/usr/bin/docker]\nargs: [push, --quiet, r.example.com/me/a:1]",
                "args: [push, r.example.com/me/a:1]",
                "args: [-c, \"docker build --pull -t r.example.com/me/a:1 . && docker push r.example.com/me/a:1\"]",
                "args: [-c, \"podman tag web r.example.com/me/a:1\"]",
                "args: [\"docker build \\\\\\n -t r.example.com/me/a:1 \\\\\\n . && docker push \\\\\\n r.example.com/me/a:1\"]",
                "args: [\"pack build r.example.com/me/a:1 --publish\"]",
                "args: [\"docker manifest create r.example.com/me/a:1 r.example.com/me/a-amd64:1\"]",
                "args: [\"imgpkg copy -b team --to-repo r.example.com/me/a:1\"]",
                "command: [mvn, \"jib:build\", \"-Djib.to.image=r.example.com/me/a:1\"]",
                "args: [\"buildctl build --output type=image,name=r.example.com/me/a:1,push=true\"]",
                "env: [{name: IMAGE_DESTINATION, value: r.example.com/me/a:1}, {name: OUTPUT_IMAGE, value: a:1}]",
            })
    void savesNothingWhenImageIsPushed(String fields) throws IOException {
        ManifestImages images = ManifestImages.ofContainer(fields);
        assertThat(images.saved()).isEmpty();
        assertThat(images.shown()).isNotEmpty();
    }

    @Test
    void savesSourceWhenImageIsCopied() throws IOException {
        assertThat(ManifestImages.ofContainer("""
                        args:
                          - skopeo copy --all docker://r.example.com/a:1 docker://r.example.com/me/a:1
                          - crane copy r.example.com/b:1 r.example.com/me/b:1
                          - docker pull r.example.com/c:1; docker push r.example.com/me/c:1; docker run r.example.com/d:1
                          - kubectl run push --image=busybox:1
                          - --tag=v1
                        env: [{name: CSTOR_TARGET_IMAGE, value: r.example.com/target:1}]
                        """).saved())
                .containsExactly(
                        "busybox:1",
                        "r.example.com/a:1",
                        "r.example.com/b:1",
                        "r.example.com/c:1",
                        "r.example.com/d:1",
                        "r.example.com/target:1");
    }

    @Test
    void savesBuilderOnlyWhenResourceBuildsImage() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: shipwright.io/v1beta1
                        kind: Build
                        spec: {output: {image: "r.example.com/me/a:1"}, builder: {image: "r.example.com/builder:1"}}
                        ---
                        apiVersion: kpack.io/v1alpha2
                        kind: Image
                        spec: {tag: "r.example.com/me/b:1", builder: {kind: ClusterBuilder, name: b}}
                        ---
                        apiVersion: tekton.dev/v1
                        kind: PipelineRun
                        spec:
                          pipelineSpec:
                            tasks:
                              - taskRef: {name: buildah}
                                params:
                                  - {name: IMAGE, value: "r.example.com/me/c:1"}
                                  - {name: BUILDER_IMAGE, value: "r.example.com/buildah:1"}
                        """).saved())
                .containsExactly("r.example.com/buildah:1", "r.example.com/builder:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: r.example.com/kaniko-project/executor:1\nargs: [-f, Dockerfile, -d, r.example.com/me/a:1]",
                "image: r.example.com/kaniko-project/executor:1\ncommand: [/kaniko/executor, -d, r.example.com/me/a:1]",
                "image: r.example.com/go/crane:1\nargs: [tag, r.example.com/kaniko-project/executor:1, r.example.com/me/a:1]",
                "image: r.example.com/skopeo/stable:1\nargs: [copy, docker://r.example.com/go/crane:1, docker://r.example.com/me/a:1]",
            })
    void savesNoTargetWhenToolIsOnlyKnownByImageOfContainer(String fields) throws IOException {
        assertThat(ManifestImages.ofContainer(fields).saved()).isNotEmpty().doesNotContain("r.example.com/me/a:1");
    }

    @Test
    void savesNoProductWhenTaskIsNamedForResolver() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: tekton.dev/v1
                        kind: PipelineRun
                        spec:
                          pipelineSpec:
                            tasks:
                              - taskRef: {resolver: hub, params: [{name: kind, value: task}, {name: name, value: kaniko}]}
                                params: [{name: IMAGE, value: "r.example.com/me/a:1"}]
                        """).saved()).isEmpty();
    }
}
