package io.sealos.oci.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP proxy on the loopback address that lets through who knows the password, for plain HTTP and for TLS. */
public final class PasswordProxy implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final String wanted;
    private final String challenge;

    private PasswordProxy(String wanted, String challenge) throws IOException {
        this.wanted = wanted;
        this.challenge = challenge;
    }

    /** {@return a running proxy} */
    public static PasswordProxy start(String user, String password, String challenge) throws IOException {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        PasswordProxy proxy = new PasswordProxy("Basic " + pair, challenge);
        proxy.run(proxy::accept);
        return proxy;
    }

    /** {@return host and port} */
    public String host() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** {@return where it listens} */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved("127.0.0.1", listening.getLocalPort());
    }

    /** {@return the first lines of the requests that it let through} */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            run(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            List<String> head = head(client.getInputStream());
            if (head.stream().noneMatch(line -> line.equalsIgnoreCase("Proxy-Authorization: " + wanted))) {
                write(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: " + challenge
                                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            requests.add(head.get(0));
            String[] request = head.get(0).split(" ", -1);
            if (request[0].equals("CONNECT")) {
                tunnel(client, request[1]);
            } else {
                forward(client, request, head);
            }
        }
    }

    private void tunnel(Socket client, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)))) {
            write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            run(() -> client.getInputStream().transferTo(server.getOutputStream()));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** One request for each connection, without what is meant for the proxy. */
    private static void forward(Socket client, String[] request, List<String> head) throws IOException {
        URI address = URI.create(request[1]);
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        StringBuilder passed = new StringBuilder(request[0] + " " + address.getRawPath() + query + " HTTP/1.1\r\n");
        head.stream()
                .skip(1)
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
                .forEach(line -> passed.append(line).append("\r\n"));
        try (Socket server = new Socket(address.getHost(), address.getPort())) {
            write(server, passed + "Connection: close\r\n\r\n");
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static void write(Socket to, String head) throws IOException {
        to.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("the client has gone");
            }
            head.write(one);
        }
        return head.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private void run(Work work) {
        threads.execute(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One side has hung up: the connection is over, and the client sees it.
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }
}
