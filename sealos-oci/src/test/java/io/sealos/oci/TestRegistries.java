package io.sealos.oci;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** Access to registries that are not what they seem. */
final class TestRegistries {
    private TestRegistries() {}

    /** A registry at whose address nobody listens. */
    static RegistryAccess unreachable(String registry) throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + closed.getLocalPort());
            return RegistryAccess.builder()
                    .loginFiles(false)
                    .retries(0)
                    .endpoint(registry, address)
                    .build();
        }
    }
}
