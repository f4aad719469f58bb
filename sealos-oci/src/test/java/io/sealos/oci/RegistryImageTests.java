package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.kubefile.ImageType;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images are inspected at their registry. */
class RegistryImageTests {
    private InProcessRegistry registry;
    private TestBase image;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
        image = TestBase.oci()
                .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 registry/docker/x x"))
                .pushTo(registry, "labring/kubernetes", "v1.24.0");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private RegistryImage at(String reference) {
        return RegistryImage.of(reference)
                .withAccess(RegistryAccess.builder()
                        .loginFiles(false)
                        .retries(0)
                        .endpoint("docker.io", registry.endpoint())
                        .build());
    }

    @Test
    void inspectWhenImageIsAtARegistryFetchesNoLayer() throws IOException {
        InspectedImage read = ClusterImage.inspect(at("labring/kubernetes:v1.24.0"));

        assertThat(read.names()).containsExactly("docker.io/labring/kubernetes:v1.24.0");
        assertThat(read.digest()).contains(Digests.sha256(image.manifest()));
        assertThat(read.type()).contains(ImageType.ROOTFS);
        assertThat(read.env()).containsEntry("criData", "/var/lib/containerd");
        assertThat(read.layers()).extracting(InspectedLayer::digest).isEqualTo(image.digests());
        assertThat(read.layers().get(0).size()).isPositive();
        assertThat(read.knowsImages()).isFalse();
        assertThat(read.images()).isEmpty();
        assertThat(read).hasToString("docker.io/labring/kubernetes:v1.24.0 rootfs linux/amd64 with unknown images");
        assertThat(registry.requests())
                .containsExactly(
                        "GET /v2/labring/kubernetes/manifests/v1.24.0",
                        "GET /v2/labring/kubernetes/blobs/" + Digests.sha256(image.config()));
    }

    @Test
    void inspectWhenThereAreSeveralPlatformsLetsChoose() throws IOException {
        TestBase arm = new TestBase(true, "arm64", TestBase.ROOTFS).pushTo(registry, "labring/kubernetes", "arm");
        byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + TestImage.descriptor("", image.manifest()) + ","
                        + TestImage.descriptor("", arm.manifest()) + "]}")
                .getBytes(StandardCharsets.UTF_8);
        registry.putManifest("labring/kubernetes", "both", MediaTypes.OCI_INDEX, index);

        InspectedImage read = ClusterImage.inspect(
                at("labring/kubernetes:both"), ImageChoice.any().platform("linux/arm64"));

        assertThat(read.digest()).contains(Digests.sha256(arm.manifest()));
        assertThat(read.platforms()).extracting(Platform::toString).containsExactly("linux/amd64", "linux/arm64");
        assertThatExceptionOfType(ImageChoiceException.class)
                .isThrownBy(() -> ClusterImage.inspect(at("labring/kubernetes:both")))
                .withMessage("docker.io/labring/kubernetes:both has 2 images; choose one by tag or platform:"
                        + " docker.io/labring/kubernetes:both for linux/amd64;"
                        + " docker.io/labring/kubernetes:both for linux/arm64");
    }

    @Test
    void inspectWhenThereIsNoSuchImageSaysSo() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(at("labring/kubernetes:gone")))
                .withMessageStartingWith("docker.io/labring/kubernetes:gone: " + registry.host() + " answered 404");
    }

    @Test
    void inspectWhenConfigurationIsTooLargeRefusesIt() {
        byte[] large = ("{\"x\":\"" + "x".repeat(5 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
        registry.putBlob(large);
        registry.putManifest(
                "labring/kubernetes",
                "large",
                MediaTypes.OCI_MANIFEST,
                ("{\"schemaVersion\":2,\"config\":" + TestImage.descriptor(MediaTypes.OCI_CONFIG, large)
                                + ",\"layers\":[]}")
                        .getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(at("labring/kubernetes:large")))
                .withMessageContaining("the document has more than 4194304 bytes");
    }
}
