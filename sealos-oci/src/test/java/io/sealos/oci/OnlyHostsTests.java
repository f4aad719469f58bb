package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealos.oci.testing.Fault;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages of requests to hosts that may not be accessed. */
class OnlyHostsTests {
    private static final String SHOP = "registry.example/team/shop:1.0";

    @TempDir
    Path directory;

    private InProcessRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = InProcessRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writeToWhenAnImageIsOfAnotherRegistryNamesWaysToGetIt() throws IOException {
        ClusterImage image = image(registry.access(), SHOP);

        assertThatThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .isInstanceOf(ImageSaveException.class)
                .hasMessage(
                        "1 of 1 images could not be saved:\n  " + SHOP
                                + " (images/shim/list:1): registry.example may"
                                + " not be accessed, but only " + registry.host()
                                + "; put the image into an allowed registry"
                                + " (a test: InProcessRegistry.putImage), name another source of it, or allow the host registry.example (onlyHosts)");
    }

    @Test
    void writeToWhenABaseImageIsOfAnotherRegistryNamesWaysToGetIt() throws IOException {
        ClusterImage image = ClusterImage.builder()
                .file("Kubefile", "FROM " + SHOP + "\n")
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"))
                .build();

        assertThatThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .isInstanceOf(ImageSaveException.class)
                .hasMessage(
                        "1 of 1 images could not be saved:\n  " + SHOP + " (Kubefile:1:1): registry.example may"
                                + " not be accessed, but only " + registry.host()
                                + "; put the image into an allowed registry"
                                + " (a test: InProcessRegistry.putImage), name another source of it, or allow the host registry.example (onlyHosts)");
    }

    @Test
    void writeToWhenPushedToAnotherRegistryNamesAnAllowedHost() throws IOException {
        ClusterImage image = image(registry.access());

        assertThatThrownBy(() -> image.writeTo(RegistryImage.of(SHOP)))
                .isInstanceOf(ImagePushException.class)
                .hasMessageEndingWith("registry.example may not be accessed, but only " + registry.host()
                        + "; push to an allowed host, or allow the host registry.example (onlyHosts)");
    }

    @Test
    void writeToWhenAMirrorMayNotBeAccessedNamesTheMirror() throws IOException {
        RegistryAccess access = RegistryAccess.builder()
                .loginFiles(false)
                .onlyHosts("quay.io")
                .mirror("registry.example", URI.create("https://mirror.example"))
                .build();
        ClusterImage image = image(access, SHOP);

        assertThatThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .isInstanceOf(ImageSaveException.class)
                .hasMessage(
                        "1 of 1 images could not be saved:\n  " + SHOP + " (images/shim/list:1): registry.example may"
                                + " not be accessed, but only quay.io (mirror mirror.example may not be accessed, but only"
                                + " quay.io); put the image into an allowed registry (a test: InProcessRegistry.putImage), name"
                                + " another source of it, or allow the host registry.example (onlyHosts)");
    }

    @Test
    void writeToWhenATokenServerMayNotBeAccessedNamesTheRegistryThatSendsThere() throws IOException {
        registry.putImage(SHOP);
        registry.fault(
                "/manifests/", Fault.status(401, 1, "WWW-Authenticate", "Bearer realm=\"https://auth.example/token\""));
        ClusterImage image = image(registry.access(), SHOP);

        assertThatThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .isInstanceOf(ImageSaveException.class)
                .hasMessage("1 of 1 images could not be saved:\n  " + SHOP + " (images/shim/list:1): auth.example may"
                        + " not be accessed, but only " + registry.host()
                        + "; allow the host auth.example (onlyHosts), to which "
                        + registry.host() + " sends on");
        assertThat(registry.requests()).hasSize(1);
    }

    private ClusterImage image(RegistryAccess access, String... images) throws IOException {
        ClusterImageBuilder builder = ClusterImage.builder()
                .file("Kubefile", "FROM scratch\nCOPY . .\nCMD [\"true\"]\n")
                .registryAccess(access)
                .contentStore(directory.resolve("store"));
        return (images.length == 0 ? builder : builder.imageList("list", List.of(images))).build();
    }
}
