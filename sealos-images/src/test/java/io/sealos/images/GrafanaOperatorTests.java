package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the Grafana Operator, which has a default version of Grafana. */
class GrafanaOperatorTests {
    private static final String OPERATOR = "ghcr.io/grafana/grafana-operator:v5.22.2";

    private static String grafana(String spec) {
        return """
                apiVersion: grafana.integreatly.org/v1beta1
                kind: Grafana
                metadata:
                  name: main
                spec: %s
                """.formatted(spec);
    }

    private static String manifest(String image, String spec) {
        return OperatorDeployment.of(image).with(grafana(spec));
    }

    @Test
    void findsDefaultWhenResourceNamesNoVersion() throws Exception {
        String manifest = manifest(OPERATOR, "{config: {log: {mode: console}}}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory)).containsExactly("docker.io/grafana/grafana:12.4.1", OPERATOR);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void findsVersionOrImageWhenResourceNamesIt() throws Exception {
        assertThat(OperatorScans.names(OperatorScans.scan(manifest(OPERATOR, "{version: 11.6.0}"))))
                .containsExactly("docker.io/grafana/grafana:11.6.0", OPERATOR);
        assertThat(OperatorScans.names(
                        OperatorScans.scan(manifest(OPERATOR, "{version: 'registry.corp/grafana:11.6.0'}"))))
                .containsExactly(OPERATOR, "registry.corp/grafana:11.6.0");
    }

    @Test
    void findsNothingWhenGrafanaRunsElsewhere() throws Exception {
        String manifest = manifest(OPERATOR, "{external: {url: 'https://grafana.corp'}}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest))).containsExactly(OPERATOR);
    }

    @Test
    void takesVariableOfOlderReleaseBeforeItsDefault() throws Exception {
        String older = "ghcr.io/grafana-operator/grafana-operator:v5.7.0";
        String manifest = OperatorDeployment.of(older)
                .variable("RELATED_IMAGE_GRAFANA", "registry.corp/grafana:9.5.1")
                .with(grafana("{}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(older, "registry.corp/grafana:9.5.1");
        assertThat(OperatorScans.names(OperatorScans.scan(manifest(older, "{}"))))
                .containsExactly("docker.io/grafana/grafana:9.5.17", older);
    }

    @Test
    void takesDigestOfVariableBeforeDefault() throws Exception {
        String digest = "sha256:" + "0a".repeat(32);
        String manifest = OperatorDeployment.of(OPERATOR)
                .variable("RELATED_IMAGE_GRAFANA", "docker.io/grafana/grafana@" + digest)
                .with(grafana("{}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly("docker.io/grafana/grafana@" + digest, OPERATOR);
    }

    @Test
    void findsGrafanaAndPluginsInstallerOfRelease4() throws Exception {
        String image = "quay.io/grafana-operator/grafana-operator:v4.10.1";
        String resource = """
                apiVersion: integreatly.org/v1alpha1
                kind: Grafana
                metadata:
                  name: main
                spec:
                  config: {log: {mode: console}}
                """;

        assertThat(OperatorScans.names(
                        OperatorScans.scan(OperatorDeployment.of(image).with(resource))))
                .containsExactlyInAnyOrder(
                        "docker.io/grafana/grafana:7.5.17",
                        "quay.io/grafana-operator/grafana_plugins_init:0.1.0",
                        image);
        assertThat(OperatorScans.names(OperatorScans.scan(OperatorDeployment.of(image)
                        .arguments("--grafana-image=registry.corp/grafana", "--grafana-image-tag=8.5.0")
                        .with(resource))))
                .contains("registry.corp/grafana:8.5.0");
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        ImageInventory inventory =
                OperatorScans.scan(manifest("ghcr.io/grafana/grafana-operator:v9.0.0", "{config: {}}"));

        assertThat(inventory.isComplete()).isFalse();
        assertThat(OperatorScans.names(inventory)).containsExactly("ghcr.io/grafana/grafana-operator:v9.0.0");
    }
}
