package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Scans manifests of Rook and of the Ceph CSI operator, whose resources do not name the images of the CSI drivers. */
class CephOperatorTests {
    private static final String CEPH = "quay.io/ceph/ceph:v19.2.3";

    private static String rook(String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: rook-ceph-operator
                  namespace: rook-ceph
                spec:
                  template:
                    spec:
                      containers:
                      - name: rook-ceph-operator
                        image: %s
                        args: ["ceph", "operator"]
                        env:
                        - name: ROOK_CURRENT_NAMESPACE_ONLY
                          value: "false"
                ---
                apiVersion: ceph.rook.io/v1
                kind: CephCluster
                metadata:
                  name: rook-ceph
                  namespace: rook-ceph
                spec:
                  cephVersion:
                    image: %s
                  dataDirHostPath: /var/lib/rook
                  mon: {count: 3}
                ---
                """.formatted(image, CEPH);
    }

    private static String settings(String... settings) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: rook-ceph-operator-config
                  namespace: rook-ceph
                data:
                  ROOK_LOG_LEVEL: INFO
                  %s
                ---
                """.formatted(String.join("\n  ", settings));
    }

    private static String csiOperator(String spec) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: ceph-csi-operator-controller-manager
                spec:
                  template:
                    spec:
                      containers:
                      - name: manager
                        image: quay.io/cephcsi/ceph-csi-operator:v1.0.4
                ---
                apiVersion: csi.ceph.io/v1
                kind: Driver
                metadata:
                  name: rook-ceph.rbd.csi.ceph.com
                spec:
                %s
                ---
                """.formatted(spec.indent(2).stripTrailing());
    }

    @Test
    void findsCsiImagesWhenRookHasCluster() throws Exception {
        String manifest = rook("docker.io/rook/ceph:v1.17.8");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        "docker.io/rook/ceph:v1.17.8",
                        CEPH,
                        "quay.io/cephcsi/cephcsi:v3.14.2",
                        "registry.k8s.io/sig-storage/csi-attacher:v4.8.1",
                        "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.13.0",
                        "registry.k8s.io/sig-storage/csi-provisioner:v5.2.0",
                        "registry.k8s.io/sig-storage/csi-resizer:v1.13.2",
                        "registry.k8s.io/sig-storage/csi-snapshotter:v8.2.1");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly("docker.io/rook/ceph:v1.17.8", CEPH);
    }

    @Test
    void followsSettingsOfRookWhenConfigMapHasThem() throws Exception {
        String manifest = rook("registry.corp/mirror/rook/ceph:v1.19.10")
                + settings(
                        "ROOK_CSI_CEPH_IMAGE: registry.corp/cephcsi:v3.16.2-1",
                        "ROOK_CSI_ENABLE_CEPHFS: \"false\"",
                        "CSI_RBD_ATTACH_REQUIRED: \"false\"",
                        "CSI_ENABLE_RBD_SNAPSHOTTER: \"false\"",
                        "CSI_ENABLE_CSIADDONS: \"true\"");

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        CEPH,
                        "quay.io/csiaddons/k8s-sidecar:v0.14.0",
                        "registry.corp/cephcsi:v3.16.2-1",
                        "registry.corp/mirror/rook/ceph:v1.19.10",
                        "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.16.0",
                        "registry.k8s.io/sig-storage/csi-provisioner:v6.1.1",
                        "registry.k8s.io/sig-storage/csi-resizer:v2.1.0");
    }

    @Test
    void findsNoCsiImagesWhenDriversAreOff() throws Exception {
        String rook = rook("docker.io/rook/ceph:v1.17.8");

        assertThat(OperatorScans.names(OperatorScans.scan(rook + settings("ROOK_CSI_DISABLE_DRIVER: \"true\""))))
                .containsExactly("docker.io/rook/ceph:v1.17.8", CEPH);
        assertThat(OperatorScans.names(OperatorScans.scan(
                        rook + settings("ROOK_CSI_ENABLE_CEPHFS: \"false\"", "ROOK_CSI_ENABLE_RBD: \"false\""))))
                .containsExactly("docker.io/rook/ceph:v1.17.8", CEPH);
    }

    @Test
    void findsCosiImagesWhenRookDeploysTheDriver() throws Exception {
        String manifest = rook("docker.io/rook/ceph:v1.20.6") + """
                apiVersion: ceph.rook.io/v1
                kind: CephCOSIDriver
                metadata:
                  name: ceph-cosi-driver
                  namespace: rook-ceph
                spec:
                  deploymentStrategy: "Auto"
                  objectProvisionerImage: registry.corp/objectstorage-sidecar:v1
                """;

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "docker.io/rook/ceph:v1.20.6",
                        CEPH,
                        "quay.io/ceph/cosi:v0.1.4",
                        "registry.corp/objectstorage-sidecar:v1");
    }

    @Test
    void reportsGapWhenVersionOfRookIsUnknown() throws Exception {
        ImageInventory inventory = OperatorScans.scan(rook("docker.io/rook/ceph:v1.18.99"));

        assertThat(OperatorScans.names(inventory)).containsExactly("docker.io/rook/ceph:v1.18.99", CEPH);
        assertThat(inventory.isComplete()).isFalse();
    }

    @Test
    void findsDriverImagesWhenCsiOperatorHasDriver() throws Exception {
        String manifest = csiOperator("log: {verbosity: 0}");

        ImageInventory inventory = OperatorScans.scan(manifest);

        assertThat(OperatorScans.names(inventory))
                .containsExactly(
                        "quay.io/cephcsi/ceph-csi-operator:v1.0.4",
                        "quay.io/cephcsi/cephcsi:v3.17.0",
                        "registry.k8s.io/sig-storage/csi-attacher:v4.12.0",
                        "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0",
                        "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
                        "registry.k8s.io/sig-storage/csi-resizer:v2.1.0",
                        "registry.k8s.io/sig-storage/csi-snapshotter:v8.5.0");
        assertThat(inventory.isComplete()).isTrue();
        assertThat(OperatorScans.names(OperatorScans.scanWithoutFacts(manifest)))
                .containsExactly("quay.io/cephcsi/ceph-csi-operator:v1.0.4");
    }

    @Test
    void followsImageSetWhenDefaultsOfDriversHaveOne() throws Exception {
        String manifest = csiOperator("snapshotPolicy: none") + """
                apiVersion: csi.ceph.io/v1
                kind: OperatorConfig
                metadata:
                  name: ceph-csi-operator-config
                spec:
                  driverSpecDefaults:
                    deployCsiAddons: true
                    imageSet: {name: images}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: images
                data:
                  plugin: registry.corp/cephcsi:v3.17.0
                  addons: registry.corp/k8s-sidecar:v0.14.0
                """;

        assertThat(OperatorScans.names(OperatorScans.scan(manifest)))
                .containsExactly(
                        "quay.io/cephcsi/ceph-csi-operator:v1.0.4",
                        "registry.corp/cephcsi:v3.17.0",
                        "registry.corp/k8s-sidecar:v0.14.0",
                        "registry.k8s.io/sig-storage/csi-attacher:v4.12.0",
                        "registry.k8s.io/sig-storage/csi-node-driver-registrar:v2.17.0",
                        "registry.k8s.io/sig-storage/csi-provisioner:v6.2.0",
                        "registry.k8s.io/sig-storage/csi-resizer:v2.1.0");
    }
}
