package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the Prometheus Operator, whose custom resources name no images. */
class PrometheusOperatorTests {
    private static final String OPERATOR = "quay.io/prometheus-operator/prometheus-operator:v0.92.1";

    private static final String RESOURCES = """
            apiVersion: monitoring.coreos.com/v1
            kind: Prometheus
            metadata:
              name: main
            spec:
              replicas: 2
              thanos:
                objectStorageConfig: {name: thanos, key: object.yaml}
            ---
            apiVersion: monitoring.coreos.com/v1
            kind: Alertmanager
            metadata:
              name: main
            spec:
              replicas: 3
              version: 0.27.0
            """;

    @Test
    void findsDefaultsWhenResourcesNameNoImages() throws Exception {
        String manifest = OperatorScans.deployment(OPERATOR) + RESOURCES;

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        "quay.io/prometheus-operator/prometheus-config-reloader:v0.92.1",
                        OPERATOR,
                        "quay.io/prometheus/alertmanager:0.27.0",
                        "quay.io/prometheus/prometheus:v3.12.0",
                        "quay.io/thanos/thanos:v0.41.0");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void honoursImagesWhenResourcesAndArgumentsNameThem() throws Exception {
        String reloader = "registry.example.com/prometheus-config-reloader:v0.92.1";
        String manifest = OperatorScans.deployment(
                        OPERATOR,
                        "--prometheus-config-reloader=" + reloader,
                        "--thanos-default-base-image=registry.example.com/thanos:v0.40.0",
                        "--prometheus-default-base-image=registry.example.com/prometheus")
                + RESOURCES.replace("version: 0.27.0", "image: registry.example.com/alertmanager:v0.27.0");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        OPERATOR,
                        "registry.example.com/alertmanager:v0.27.0",
                        reloader,
                        "registry.example.com/prometheus:v3.12.0",
                        "registry.example.com/thanos:v0.40.0");
    }

    @Test
    void writesVersionAsReleaseDoesWhenResourceHasOne() throws Exception {
        String prometheus = RESOURCES.substring(0, RESOURCES.indexOf("---")).replace("replicas: 2", "version: 2.53.0");
        String older = OPERATOR.replace("0.92.1", "0.77.2");

        assertThat(OperatorScans.names(OperatorScans.scan(OperatorScans.deployment(OPERATOR) + prometheus)))
                .contains("quay.io/prometheus/prometheus:v2.53.0");
        assertThat(OperatorScans.names(OperatorScans.scan(OperatorScans.deployment(older) + prometheus)))
                .contains("quay.io/prometheus/prometheus:2.53.0");
    }
}
