package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries to which no connection can be opened. */
class UnreachableRegistryTests {
    @TempDir
    Path directory;

    private final List<BuildEvent> events = new CopyOnWriteArrayList<>();
    private int closedPort;

    @BeforeEach
    void findPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = closed.getLocalPort();
        }
    }

    @Test
    void saveRegistryWhenNobodyListensSaysSoAndRetries() {
        String host = "127.0.0.1:" + closedPort;
        String problem = host + " failed: connection refused";

        assertFails(host, access().plainHttp(host), problem + "; check the port and that the registry runs");
        assertThat(retries()).containsExactly(host + " failed: connection refused");
    }

    @Test
    void saveRegistryWhenThereIsNoSuchHostSaysSoAndDoesNotRetry() {
        assertFails(
                "registry.invalid",
                access(),
                "registry.invalid failed: there is no such host;"
                        + " check the name of the host and the DNS, or name a proxy that knows it");
        assertThat(retries()).isEmpty();
    }

    @Test
    void saveRegistryWhenTheProxyIsNotThereNamesIt() {
        ProxySelector closed = ProxySelector.of(InetSocketAddress.createUnresolved("127.0.0.1", closedPort));
        ProxySelector unknown = ProxySelector.of(InetSocketAddress.createUnresolved("proxy.invalid", 3128));

        assertFails(
                "registry.example",
                access().proxy(closed),
                "registry.example failed: connection refused (the proxy 127.0.0.1:" + closedPort
                        + "); check the address of the proxy and that it runs");
        assertFails(
                "registry.example",
                access().proxy(unknown),
                "registry.example failed: there is no such host (the proxy proxy.invalid:3128);"
                        + " check the address of the proxy and that it runs");
    }

    private static RegistryAccess.Builder access() {
        return RegistryAccess.builder().loginFiles(false).proxies(Map.of()).retries(1);
    }

    private List<String> retries() {
        List<String> found = new ArrayList<>();
        for (BuildEvent event : events) {
            if (event instanceof BuildEvent.RequestRetried retrying) {
                found.add(retrying.host() + " " + retrying.reason());
            }
        }
        return found;
    }

    private void assertFails(String host, RegistryAccess.Builder access, String problem) {
        String image = host + "/app:1.0";
        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> image(image, access.build()).saveRegistry(directory.resolve("registry")))
                .withMessage("1 of 1 images could not be saved:\n  " + image + " (images/shim/list:1): " + problem);
    }

    private ClusterImage image(String image, RegistryAccess access) throws IOException {
        Path context = Files.createDirectories(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile /\n");
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), image + "\n");
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(access)
                .listener(events::add)
                .build();
    }
}
