package io.sealos.oci.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real distribution registry, {@code docker-registry}, on a free port of the loopback address. */
public final class DistributionServer implements AutoCloseable {
    private final Process process;
    private final int port;

    private DistributionServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * {@return a running server}
     *
     * @param work a directory for its files
     * @param storage the directory that it serves
     * @param http more settings below {@code http:}, each line indented by two
     * @param more more settings at the top level
     */
    public static DistributionServer start(Path work, Path storage, String http, String more)
            throws IOException, InterruptedException {
        int port = freePort();
        Path config = Files.createTempFile(work, "registry", ".yml");
        Files.writeString(config, """
                version: 0.1
                log:
                  level: error
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(storage, port) + http + more);
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(config.resolveSibling("registry.log").toFile())
                .start();
        DistributionServer server = new DistributionServer(process, port);
        server.awaitPort(config.resolveSibling("registry.log"));
        return server;
    }

    /** {@return host and port} */
    public String host() {
        return "127.0.0.1:" + port;
    }

    /** {@return the port} */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private void awaitPort(Path log) throws IOException, InterruptedException {
        for (int tries = 0; tries < 200 && process.isAlive(); tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IOException("docker-registry did not start: " + Files.readString(log));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
