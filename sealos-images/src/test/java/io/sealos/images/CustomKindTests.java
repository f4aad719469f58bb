package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kinds that operators define: what is an image there, and what only looks like one. */
class CustomKindTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sparkoperator.k8s.io/v1beta2",
                "elasticsearch.k8s.elastic.co/v1",
                "controlplane.cluster.x-k8s.io/v1beta1",
                "app.k8s.io/v1",
                "storage.example.k8s.io/v1",
            })
    void findsFieldWhenGroupOnlyLooksLikeOneOfKubernetes(String version) throws IOException {
        String manifest = "apiVersion: " + version + "\nkind: Foo\nspec: {driver: {image: \"r.example.com/a:1\"}}\n";
        assertThat(ManifestImages.of(manifest).saved()).containsExactly("r.example.com/a:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networking.k8s.io/v1",
                "rbac.authorization.k8s.io/v1",
                "storage.k8s.io/v1",
                "resource.k8s.io/v1",
                "kubelet.config.k8s.io/v1beta1",
                "kubeadm.k8s.io/v1beta4",
            })
    void findsNoFieldWhenGroupIsOfKubernetes(String version) throws IOException {
        String manifest = "apiVersion: " + version + "\nkind: Foo\nspec: {image: \"r.example.com/a:1\"}\n";
        assertThat(ManifestImages.of(manifest).inventory().occurrences()).isEmpty();
    }

    @Test
    void showsWordOnlyWhenItsPartIsSwitchedOff() throws IOException {
        ManifestImages images =
                ManifestImages.ofCustom("{a: {enabled: false, image: one}, b: {disabled: true, image: two},"
                        + " c: {deploy: 'no', d: {image: three}}, e: {enabled: true, image: four},"
                        + " f: {enabled: false, image: 'r.example.com/five:1'}}");
        assertThat(images.saved()).containsExactly("four", "r.example.com/five:1");
        assertThat(images.shown()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{machineImage: {name: ubuntu, version: '22.04'}}",
                "{workers: [{machine: {image: {name: gardenlinux, version: 1312.3.0}}}]}",
                "{image: {name: flatcar, version: '3510'}}",
                "{osImage: 'ubuntu:22.04', diskImage: 'debian:12'}",
                "{machines: [{image: 'ubuntu:22.04'}]}",
                "{node: {image: debian, serverType: cx21}, volume: {image: disk, pool: rbd}}",
                "{backgroundImage: logo.png, amiImage: ami-0123, imageType: raw, imageSize: 20Gi}",
            })
    void savesNothingWhenImageIsOfMachineOrPicture(String spec) throws IOException {
        assertThat(ManifestImages.ofCustom(spec).saved()).isEmpty();
    }

    @Test
    void findsImageWhenMachineIsContainer() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: infrastructure.cluster.x-k8s.io/v1beta1
                        kind: DockerMachineTemplate
                        spec: {template: {spec: {customImage: "kindest/node:v1.30.0", image: "ubuntu:22.04"}}}
                        ---
                        apiVersion: kubevirt.io/v1
                        kind: VirtualMachine
                        spec: {template: {spec: {volumes: [{containerDisk: {image: "r.example.com/disk:1"}}]}}}
                        ---
                        apiVersion: cdi.kubevirt.io/v1beta1
                        kind: DataVolume
                        spec: {source: {registry: {url: "docker://r.example.com/data:1"}}}
                        """).saved())
                .containsExactly("kindest/node:v1.30.0", "r.example.com/data:1", "r.example.com/disk:1");
    }

    @Test
    void savesNothingWhenKindWatchesAllowsOrRemovesImages() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: image.toolkit.fluxcd.io/v1
                kind: ImageRepository
                spec: {image: ghcr.io/team/app, interval: 1h}
                ---
                apiVersion: a.example.org/v1
                kind: ImageWatcher
                spec: {image: r.example.com/watched}
                ---
                apiVersion: constraints.gatekeeper.sh/v1beta1
                kind: K8sAllowedRepos
                spec: {parameters: {exemptImages: ["r.example.com/a:1"]}}
                ---
                apiVersion: kyverno.io/v1
                kind: ClusterPolicy
                spec:
                  rules:
                    - verifyImages: [{image: "r.example.com/b:1"}]
                    - validate: {pattern: {spec: {containers: [{image: "!*:latest"}, {image: "r.example.com/* | *"}]}}}
                    - validate:
                        image: !*:latest
                """);
        assertThat(images.saved()).isEmpty();
        assertThat(images.shown())
                .containsExactly("ghcr.io/team/app", "r.example.com/a:1", "r.example.com/b:1", "r.example.com/watched");
        assertThat(images.problems()).isEmpty();
    }

    @Test
    void findsImagesWhenPolicyAddsContainers() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: kyverno.io/v1
                        kind: ClusterPolicy
                        spec:
                          rules:
                            - mutate: {patchStrategicMerge: {spec: {containers: [{image: "r.example.com/a:1"}]}}}
                            - mutate:
                                patchesJson6902: |
                                  - {op: add, path: /spec/containers/-, value: {name: b, image: "r.example.com/b:1"}}
                        """).saved()).containsExactly("r.example.com/a:1", "r.example.com/b:1");
    }

    @Test
    void savesPackagesWhenControllersRunFromThem() throws IOException {
        ManifestImages images = ManifestImages.of("""
                apiVersion: pkg.crossplane.io/v1
                kind: Provider
                spec: {package: "xpkg.upbound.io/team/provider:v1", packagePullPolicy: IfNotPresent}
                ---
                apiVersion: extensions.istio.io/v1alpha1
                kind: WasmPlugin
                spec: {url: "oci://r.example.com/wasm:1"}
                ---
                apiVersion: a.example.org/v1
                kind: Foo
                spec: {package: "team/library:1", bundle: plain, url: "https://r.example.com/a:1"}
                """);
        assertThat(images.saved()).containsExactly("xpkg.upbound.io/team/provider:v1");
        assertThat(images.shown()).containsExactly("team/library:1", "r.example.com/wasm:1");
    }

    @Test
    void findsImageWhenObjectReferenceIsOfRegistry() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: build.openshift.io/v1
                        kind: BuildConfig
                        spec:
                          strategy: {dockerStrategy: {from: {kind: DockerImage, name: "r.example.com/base:1"}}}
                          source: {from: {kind: ImageStreamTag, name: "nodejs:18"}}
                          output: {to: {kind: DockerImage, name: "r.example.com/me/built:1"}}
                        """).saved()).containsExactly("r.example.com/base:1");
    }

    @Test
    void showsImageWhenKeyOfFieldDoesNotSaySo() throws IOException {
        ManifestImages images = ManifestImages.ofCustom("""
                {proxy: "r.example.com/proxy:1", host: "r.example.com:5000", page: "https://r.example.com/a:1",
                 code: "github.com/team/app:1", registry: {override: {activator: "r.example.com/activator:1"}}}
                """.replace("\n", ""));
        assertThat(images.saved()).containsExactly("r.example.com/activator:1");
        assertThat(images.shown()).containsExactly("r.example.com/proxy:1");
    }

    @Test
    void findsImagesWhenTheyStandInGroups() throws IOException {
        assertThat(ManifestImages.ofCustom("""
                        {images: {mysqld: {v80: "mysql:8.0", host: "db:3306", registry: "hub:5000", policy: Always}}}
                        """.strip()).saved()).containsExactly("mysql:8.0");
    }

    @Test
    void findsImageWhenTextOfMachineHasActions() throws IOException {
        assertThat(ManifestImages.of("""
                        apiVersion: tinkerbell.org/v1alpha1
                        kind: Template
                        spec:
                          data: |
                            tasks:
                              - actions: [{name: a, image: "r.example.com/action:1"}, {name: b, image: ubuntu-22.04}]
                        """).saved()).containsExactly("r.example.com/action:1");
    }
}
