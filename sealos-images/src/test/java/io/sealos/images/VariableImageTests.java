package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of which a part is a variable. */
class VariableImageTests {
    @ParameterizedTest
    @ValueSource(strings = {"r.example.com/a:${TAG}", "$(IMAGE)", "r.example.com/a:$TAG", "{{ image }}", "${A}/b:1"})
    void isGapWhenNothingSetsVariableOfContainer(String image) throws IOException {
        ManifestImages images = ManifestImages.ofContainer("image: \"" + image + "\"\n");
        assertThat(images.saved()).isEmpty();
        assertThat(images.problems())
                .containsExactly("UNSET m.yaml:6: names an image of which a part is a variable that nothing sets: '"
                        + image + "'");
        assertThat(images.inventory().gaps()).hasSize(1);
    }

    @Test
    void isGapWhenFieldOfCustomResourceIsSurelyImage() throws IOException {
        assertThat(ManifestImages.ofCustom(
                                "{image: 'r.example.com/a:${TAG}',\n  b: {repository: r.example.com/b, tag: '{{ x }}'}}")
                        .problems())
                .containsExactly(
                        "UNSET m.yaml:4: names an image of which a part is a variable that nothing sets:"
                                + " 'r.example.com/a:${TAG}'",
                        "UNSET m.yaml:5: names an image of which a part is a variable that nothing sets:"
                                + " 'r.example.com/b:{{ x }}'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{logoImage: '${LOGO}'}",
                "{output: {image: 'r.example.com/me/a:${TAG}'}}",
                "{values: \"image: 'r.example.com/a:{{ x }}'\\n\"}",
                "{source: {repository: team/code, version: '${TAG}'}}",
                "{params: [{name: image}], steps: [{image: $(params.image)}]}",
            })
    void isQuietWhenFieldMayBeAnythingOrToolSetsIt(String spec) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).problems()).isEmpty();
    }

    @Test
    void takesValueWhenDocumentHasParameter() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: template.openshift.io/v1
                kind: Template
                parameters: [{name: NAME, value: quay.io/a/b}, {name: TAG, value: v1}, {name: OTHER}]
                objects:
                  - apiVersion: v1
                    kind: Pod
                    spec: {containers: [{image: "${NAME}:${TAG}"}, {image: "${OTHER}"}]}
                ---
                apiVersion: tekton.dev/v1
                kind: Task
                spec:
                  params: [{name: builder, default: "quay.io/b/builder:1"}]
                  steps: [{image: $(params.builder)}]
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                spec:
                  arguments: {parameters: [{name: work, value: "quay.io/c/work:1"}]}
                  templates: [{container: {image: "{{workflow.parameters.work}}"}}]
                """);
        assertThat(images.saved()).containsExactly("quay.io/a/b:v1", "quay.io/b/builder:1", "quay.io/c/work:1");
        assertThat(images.problems()).isEmpty();
    }

    @Test
    void isNoGapWhenVariableIsForProgramThatReadsText() throws IOException {
        ManifestImages images = ManifestImages.ofConfig("""
                pod.yaml: |
                  apiVersion: v1
                  kind: Pod
                  spec:
                    containers:
                      - image: r.example.com/a:${TAG}
                      - image: "{{ .Image }}"
                """);
        assertThat(images.problems())
                .containsExactly(
                        "READ_IN_PART m.yaml:9: names an image of which a part is a variable that nothing sets:"
                                + " 'r.example.com/a:${TAG}'");
    }
}
