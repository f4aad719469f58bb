package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of the MinIO Operator, whose tenants need images that they do not name. */
class MinioOperatorTests {
    private static final String OPERATOR = "quay.io/minio/operator:v6.0.4";

    private static String tenant(String spec) {
        return """
                apiVersion: minio.min.io/v2
                kind: Tenant
                metadata:
                  name: storage
                spec: %s
                """.formatted(spec);
    }

    private static String manifest(String spec) {
        return OperatorDeployment.of(OPERATOR).with(tenant(spec));
    }

    @Test
    void findsDefaultsWhenTenantNamesNoImages() throws Exception {
        String manifest = manifest("{pools: [{servers: 4, volumesPerServer: 4}]}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactlyInAnyOrder(
                        "docker.io/minio/minio:RELEASE.2024-10-02T17-50-41Z",
                        OPERATOR,
                        "quay.io/minio/operator-sidecar:v6.0.2");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactlyInAnyOrder(OPERATOR);
    }

    @Test
    void findsSideContainerAndKeyServerBesideImageOfTenant() throws Exception {
        String manifest = manifest("{image: 'registry.corp/minio:1', kes: {kesSecret: {name: kes}}}");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactlyInAnyOrder(
                        "docker.io/minio/kes:2024-09-11T07-22-50Z",
                        OPERATOR,
                        "quay.io/minio/operator-sidecar:v6.0.2",
                        "registry.corp/minio:1");
    }

    @Test
    void takesVariablesBeforeDefaults() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR)
                .variable("TENANT_MINIO_IMAGE", "registry.corp/minio:2")
                .variable("OPERATOR_SIDECAR_IMAGE", "registry.corp/sidecar:2")
                .with(tenant("{pools: [{servers: 4}]}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactlyInAnyOrder(OPERATOR, "registry.corp/minio:2", "registry.corp/sidecar:2");
    }

    @Test
    void findsNoSideContainerWhenOlderOperatorUsesItsOwnImage() throws Exception {
        String older = "quay.io/minio/operator:v5.0.10";
        String manifest = OperatorDeployment.of(older).with(tenant("{pools: [{servers: 4}]}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactlyInAnyOrder("docker.io/minio/minio:RELEASE.2023-10-07T15-07-38Z", older);
    }

    @Test
    void findsClientOfJob() throws Exception {
        String manifest = OperatorDeployment.of(OPERATOR).with("""
                apiVersion: job.min.io/v1alpha1
                kind: MinIOJob
                metadata:
                  name: buckets
                spec:
                  serviceAccountName: jobs
                """);

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactlyInAnyOrder("quay.io/minio/mc:RELEASE.2024-10-02T08-27-28Z", OPERATOR);
    }

    @Test
    void findsPrometheusAndLogSearchOfRelease4() throws Exception {
        String image = "docker.io/minio/operator:v4.4.16";
        String manifest = OperatorDeployment.of(image)
                .with(tenant("{image: 'minio/minio:1', prometheus: {diskCapacityGB: 5},"
                        + " log: {db: {labels: {app: log}}}}"));

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactlyInAnyOrder(
                        "docker.io/library/alpine",
                        "docker.io/library/busybox:1.33.1",
                        "docker.io/library/postgres:13",
                        "docker.io/minio/minio:1",
                        image,
                        "quay.io/prometheus/prometheus:latest");
    }

    @Test
    void reportsGapWhenVersionIsUnknown() throws Exception {
        String manifest = OperatorDeployment.of("quay.io/minio/operator:v9.0.0").with(tenant("{pools: []}"));

        assertThat(OperatorScans.scan(manifest).isComplete()).isFalse();
    }
}
