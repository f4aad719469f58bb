package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the Keycloak Operator up to release 19, which has default images. */
class KeycloakLegacyOperatorTests {
    private static final String OPERATOR = "quay.io/keycloak/keycloak-operator:19.0.3-legacy";
    private static final String POSTGRESQL = "registry.access.redhat.com/rhscl/postgresql-10-rhel7:1";

    private static String resource(String kind, String spec) {
        return """
                apiVersion: keycloak.org/v1alpha1
                kind: %s
                metadata:
                  name: sso
                spec: %s
                """.formatted(kind, spec);
    }

    private static String manifest(String kind, String spec) {
        return OperatorDeployment.of(OPERATOR).with(resource(kind, spec));
    }

    @Test
    void findsDefaultsWhenResourceNamesNoImages() throws Exception {
        String manifest = manifest("Keycloak", "{instances: 1, externalAccess: {enabled: true}}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactlyInAnyOrder(
                        "quay.io/keycloak/keycloak:19.0.3-legacy",
                        "quay.io/keycloak/keycloak-init-container:19.0.3-legacy",
                        POSTGRESQL,
                        OPERATOR);
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly(OPERATOR);
    }

    @Test
    void findsNoDatabaseWhenItIsExternal() throws Exception {
        assertThat(OperatorScans.names(OperatorScans.scan(manifest("Keycloak", "{externalDatabase: {enabled: true}}"))))
                .doesNotContain(POSTGRESQL)
                .contains("quay.io/keycloak/keycloak:19.0.3-legacy");
    }

    @Test
    void takesVariableBeforeDefault() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .variable("RELATED_IMAGE_KEYCLOAK", "registry.corp/keycloak:19")
                .with(resource("Keycloak", "{instances: 1}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .contains("registry.corp/keycloak:19")
                .doesNotContain("quay.io/keycloak/keycloak:19.0.3-legacy");
    }

    @Test
    void findsImageOfBackup() throws Exception {
        assertThat(OperatorScans.names(OperatorScans.scan(manifest("KeycloakBackup", "{}"))))
                .containsExactlyInAnyOrder(OPERATOR, POSTGRESQL);
        assertThat(OperatorScans.names(
                        OperatorScans.scan(manifest("KeycloakBackup", "{aws: {schedule: '0 1 * * *'}}"))))
                .containsExactlyInAnyOrder(OPERATOR, "quay.io/integreatly/backup-container:1.0.16");
    }

    @Test
    void findsOnlyImageOfVariableWhenOperatorIsThatOfKeycloakItself() throws Exception {
        String image = "quay.io/keycloak/keycloak-operator:26.0.0";
        String manifest = OperatorDeployment.of(image)
                .variable("RELATED_IMAGE_KEYCLOAK", "quay.io/keycloak/keycloak:26.0.0")
                .with("""
                        apiVersion: k8s.keycloak.org/v2alpha1
                        kind: Keycloak
                        metadata:
                          name: sso
                        spec:
                          instances: 1
                        """);

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory)).containsExactlyInAnyOrder(image, "quay.io/keycloak/keycloak:26.0.0");
        assertThat(inventory.isComplete()).isTrue();
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        String manifest = OperatorDeployment.of("quay.io/keycloak/keycloak-operator:legacy")
                .with(resource("Keycloak", "{instances: 1}"));

        assertThat(OperatorScans.scan(manifest).isComplete()).isFalse();
    }
}
