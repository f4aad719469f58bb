package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the Flink Kubernetes Operator, whose clusters need an image. */
class FlinkKubernetesOperatorTests {
    private static final String OPERATOR = "ghcr.io/apache/flink-kubernetes-operator:1.10.0";

    private static String manifest(String spec) {
        return OperatorDeployment.of(OPERATOR).with("""
                apiVersion: flink.apache.org/v1beta1
                kind: FlinkDeployment
                metadata:
                  name: job
                spec: %s
                ---
                """.formatted(spec));
    }

    @Test
    void reportsGapWhenNothingNamesTheImage() throws Exception {
        String manifest = manifest("{flinkVersion: v1_19}");

        assertThat(OperatorScans.scan(manifest).isComplete()).isFalse();
        assertThat(OperatorScans.scan(manifest).problems().toString())
                .contains(
                        "flink-kubernetes-operator 1.10.0 starts an image for FlinkDeployment 'job' (flink) that is not"
                                + " known, because nothing sets the field spec.image or ");
        assertThat(OperatorScans.scanWithoutFacts(manifest).isComplete()).isTrue();
    }

    @Test
    void isCompleteWhenResourceNamesTheImage() throws Exception {
        ImageInventory named = OperatorScans.scan(manifest("{image: 'flink:1.19', flinkVersion: v1_19}"));
        ImageInventory configured = OperatorScans.scan(
                manifest("{flinkConfiguration: {kubernetes.container.image.ref: 'registry.corp/flink:1.19'}}"));

        assertThat(OperatorScans.names(named)).containsExactly("docker.io/library/flink:1.19", OPERATOR);
        assertThat(named.isComplete()).isTrue();
        assertThat(OperatorScans.names(configured)).containsExactly(OPERATOR, "registry.corp/flink:1.19");
        assertThat(configured.isComplete()).isTrue();
    }

    @Test
    void isCompleteWhenDefaultConfigurationNamesTheImage() throws Exception {
        ImageInventory inventory = OperatorScans.scan(manifest("{flinkVersion: v1_19}") + """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: flink-operator-config
                data:
                  flink-conf.yaml: |
                    taskmanager.numberOfTaskSlots: 1
                    kubernetes.container.image.ref: registry.corp/flink:1.19
                """);

        assertThat(OperatorScans.names(inventory)).containsExactly(OPERATOR, "registry.corp/flink:1.19");
        assertThat(inventory.isComplete()).isTrue();
    }
}
