package com.example.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sealos.images.ImageLock;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Loads the images of a cluster image into a k3s, as a site would have them: the registry of the test serves what was
 * saved, and the node asks it first for every image, under whatever name.
 *
 * <p>This example is compiled, but it has not been run, because the machines that check the project have no Docker. Its
 * calls follow the sources of Testcontainers 2.0.5 ({@code K3sContainer}, {@code PortForwardingContainer}) and of k3s
 * (how {@code registries.yaml} becomes the configuration of containerd).
 */
class K3sTest {
    private static final String APP = "registry.example/team/app:1.0";
    private static final String ARCHITECTURE = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    // Since 1.31.7 (k3s issue 11876), images that a mirror for "*" does not have, such as those of k3s, come from their
    // own registries.
    private static final DockerImageName K3S = DockerImageName.parse("rancher/k3s:v1.31.7-k3s1");

    @Test
    void nodePullsWhatWasSaved(@TempDir Path directory) throws Exception {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "there is no Docker on this machine");
        try (InProcessRegistry site = InProcessRegistry.start()) {
            ImageLock saved = save(directory);
            site.putRegistry(directory.resolve("registry"));

            // Before the container starts: it gets the address of the tunnel to this port when it is created.
            int port = site.endpoint().getPort();
            Testcontainers.exposeHostPorts(port);
            try (K3sContainer node = node(port)) {
                node.start();

                assertSucceeds(node, "crictl", "pull", APP);
                assertThat(assertSucceeds(node, "crictl", "inspecti", APP))
                        .contains(saved.entries().get(0).digest().toString());
                assertThat(site.requests("/v2/team/app/manifests/1.0")).isPositive();
            }
        }
    }

    private static ImageLock save(Path directory) throws IOException {
        try (InProcessRegistry origin = InProcessRegistry.start()) {
            origin.putImage(APP, "linux/" + ARCHITECTURE);
            return ClusterImage.builder()
                    .context(Path.of("..", "cluster", "plain"))
                    .platform("linux/" + ARCHITECTURE)
                    .registryAccess(origin.access())
                    .contentStore(directory.resolve("store"))
                    .build()
                    .saveRegistry(directory.resolve("registry"));
        }
    }

    private static K3sContainer node(int port) {
        String registries = """
                mirrors:
                  "*":
                    endpoint:
                      - "http://host.testcontainers.internal:%d"
                """.formatted(port);
        return new K3sContainer(K3S)
                .withAccessToHost(true)
                .withCopyToContainer(Transferable.of(registries), "/etc/rancher/k3s/registries.yaml");
    }

    private static String assertSucceeds(K3sContainer node, String... command) throws Exception {
        ExecResult result = node.execInContainer(command);
        assertThat(result.getExitCode()).as(String.join(" ", command) + ": " + result.getStderr()).isZero();
        return result.getStdout();
    }
}
