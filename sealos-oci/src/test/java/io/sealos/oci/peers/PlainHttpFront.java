package io.sealos.oci.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Passes connections on to a server, but hangs up on TLS: Jib and buildah try HTTPS first, and fall back to HTTP only
 * when it is refused, or after ten seconds.
 */
public final class PlainHttpFront implements AutoCloseable {
    private static final int TLS_HANDSHAKE = 0x16;

    private final ServerSocket front;
    private final String host;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private PlainHttpFront(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /**
     * {@return a running front}
     *
     * @param hostAndPort the server, such as {@code 127.0.0.1:5000}
     */
    public static PlainHttpFront of(String hostAndPort) throws IOException {
        int colon = hostAndPort.indexOf(':');
        PlainHttpFront front =
                new PlainHttpFront(hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
        front.start(front::accept);
        return front;
    }

    /** {@return host and port} */
    public String host() {
        return "127.0.0.1:" + front.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        front.close();
        threads.shutdownNow();
    }

    private void accept() throws IOException {
        while (!front.isClosed()) {
            Socket client = front.accept();
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            int first = client.getInputStream().read();
            if (first >= 0 && first != TLS_HANDSHAKE) {
                connect(client, first);
            }
        }
    }

    private void connect(Socket client, int first) throws IOException {
        try (Socket server = new Socket(host, port)) {
            server.getOutputStream().write(first);
            start(() -> server.getInputStream().transferTo(client.getOutputStream()));
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private void start(Task task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException e) {
                // One side has hung up: the connection is over, and the client sees it.
            }
        });
    }

    private interface Task {
        void run() throws IOException;
    }
}
