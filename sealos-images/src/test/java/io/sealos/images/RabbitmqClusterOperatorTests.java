package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the RabbitMQ Cluster Operator, which has a default image of RabbitMQ. */
class RabbitmqClusterOperatorTests {
    private static final String OPERATOR = "rabbitmqoperator/cluster-operator:2.16.1";
    private static final String NAME = "docker.io/" + OPERATOR;

    private static String cluster(String spec) {
        return """
                apiVersion: rabbitmq.com/v1beta1
                kind: RabbitmqCluster
                metadata:
                  name: queue
                spec: %s
                """.formatted(spec);
    }

    private static String manifest(String spec) {
        return OperatorDeployment.of(OPERATOR).with(cluster(spec));
    }

    @Test
    void findsDefaultWhenResourceNamesNoImage() throws Exception {
        String manifest = manifest("{replicas: 3}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory)).containsExactly("docker.io/library/rabbitmq:4.1.3-management", NAME);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(NAME);
    }

    @Test
    void findsUserUpdaterWhenSecretsAreInVault() throws Exception {
        String manifest = manifest("{image: 'rabbitmq:4.1.0', secretBackend: {vault: {role: rabbitmq}}}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "docker.io/library/rabbitmq:4.1.0",
                        NAME,
                        "docker.io/rabbitmqoperator/default-user-credential-updater:1.0.2");
    }

    @Test
    void takesVariableBeforeDefault() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .variable("DEFAULT_RABBITMQ_IMAGE", "registry.corp/rabbitmq:4.1.4")
                .with(cluster("{}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(NAME, "registry.corp/rabbitmq:4.1.4");
    }

    @Test
    void findsDefaultBesideImageOfResourceWhenOperatorControlsImages() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .variable("CONTROL_RABBITMQ_IMAGE", "true")
                .with(cluster("{image: 'rabbitmq:4.1.0'}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .contains("docker.io/library/rabbitmq:4.1.3-management");
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        String manifest =
                OperatorDeployment.of("rabbitmqoperator/cluster-operator:9.0.0").with(cluster("{replicas: 1}"));

        assertThat(OperatorScans.scan(manifest).isComplete()).isFalse();
    }
}
