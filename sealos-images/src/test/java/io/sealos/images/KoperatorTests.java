package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of both lines of Koperator, whose Kafka clusters name no images. */
class KoperatorTests {
    private static final String BANZAI = "ghcr.io/banzaicloud/kafka-operator:v0.25.1";
    private static final String ADOBE = "ghcr.io/adobe/koperator:0.28.0-adobe-20260731";

    private static String manifest(String image, String spec) {
        return OperatorDeployment.of(image).with("""
                apiVersion: kafka.banzaicloud.io/v1beta1
                kind: KafkaCluster
                metadata:
                  name: kafka
                spec: %s
                """.formatted(spec));
    }

    @Test
    void findsDefaultsWhenClusterNamesNoImages() throws Exception {
        String manifest = manifest(BANZAI, "{headlessServiceEnabled: true, brokers: [{id: 0}, {id: 1}]}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactlyInAnyOrder(
                        "ghcr.io/banzaicloud/cruise-control:2.5.101",
                        "ghcr.io/banzaicloud/jmx-javaagent:0.16.1",
                        "ghcr.io/banzaicloud/kafka:2.13-3.1.2",
                        BANZAI);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactlyInAnyOrder(BANZAI);
    }

    @Test
    void findsImagesOfOneLineWhenItsImageRuns() throws Exception {
        assertThat(OperatorScans.names(OperatorScans.scan(manifest(ADOBE, "{brokers: [{id: 0}]}"))))
                .containsExactlyInAnyOrder(
                        "docker.io/adobe/cruise-control:3.0.3-adbe-20250804",
                        ADOBE,
                        "ghcr.io/adobe/koperator/jmx-javaagent:1.5.0",
                        "ghcr.io/adobe/koperator/kafka:2.13-3.9.1");
    }

    @Test
    void findsProxyWhenClusterHasExternalListeners() throws Exception {
        String images = "clusterImage: 'registry.corp/kafka:1', cruiseControlConfig: {image: 'registry.corp/cc:1'},"
                + " monitoringConfig: {jmxImage: 'registry.corp/jmx:1'}";

        assertThat(OperatorScans.names(OperatorScans.scan(
                        manifest(BANZAI, "{listenersConfig: {externalListeners: [{name: a}]}, " + images + "}"))))
                .contains("docker.io/envoyproxy/envoy:v1.22.2")
                .doesNotContain("ghcr.io/banzaicloud/kafka:2.13-3.1.2", "ghcr.io/banzaicloud/jmx-javaagent:0.16.1");
        assertThat(OperatorScans.names(OperatorScans.scan(manifest(
                        BANZAI,
                        "{listenersConfig: {externalListeners: [{name: a, accessMethod: NodePort}]}, " + images
                                + "}"))))
                .doesNotContain("docker.io/envoyproxy/envoy:v1.22.2");
    }

    @Test
    void reportsGapWhenBuildIsUnknown() throws Exception {
        assertThat(OperatorScans.scan(manifest("ghcr.io/adobe/koperator:0.28.0-adobe-20260622", "{brokers: [{id: 0}]}"))
                        .isComplete())
                .isFalse();
    }
}
