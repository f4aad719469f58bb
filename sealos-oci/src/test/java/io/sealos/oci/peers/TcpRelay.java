package io.sealos.oci.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server on the loopback address: can delay what clients send, and reset connections. */
public final class TcpRelay implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final Duration delay;
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger uploadResets = new AtomicInteger();
    private volatile long resetAfter;
    private volatile long uploadResetAfter;

    private TcpRelay(ServerSocket listening, int target, Duration delay) {
        this.listening = listening;
        this.target = target;
        this.delay = delay;
    }

    /** {@return a running relay to a port; each request takes so much longer} */
    public static TcpRelay to(int port, Duration delay) throws IOException {
        TcpRelay relay = new TcpRelay(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), port, delay);
        start(relay::accept);
        return relay;
    }

    /** {@return host and port} */
    public String host() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Resets so many connections, each when the server has sent so many bytes over it. */
    public void reset(int times, long bytes) {
        resetAfter = bytes;
        resets.set(times);
    }

    /** Resets so many connections, each when the client has sent so many bytes over it. */
    public void resetUploads(int times, long bytes) {
        uploadResetAfter = bytes;
        uploadResets.set(times);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> toServer(client, server));
            start(() -> toClient(server, client));
        }
    }

    private void toServer(Socket client, Socket server) throws IOException, InterruptedException {
        try (client;
                server) {
            byte[] buffer = new byte[1 << 16];
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            long taken = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Thread.sleep(delay.toMillis());
                taken += read;
                if (taken > uploadResetAfter && uploadResets.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    client.setSoLinger(true, 0);
                    return;
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private void toClient(Socket server, Socket client) throws IOException {
        try (client;
                server) {
            byte[] buffer = new byte[1 << 16];
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            long sent = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (sent + read > resetAfter && resets.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    out.write(buffer, 0, (int) (resetAfter - sent));
                    client.setSoLinger(true, 0);
                    return;
                }
                out.write(buffer, 0, read);
                sent += read;
            }
        }
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        // One side is gone, so the other goes too: its sockets are closed by now.
                    }
                },
                "tcp-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }
}
