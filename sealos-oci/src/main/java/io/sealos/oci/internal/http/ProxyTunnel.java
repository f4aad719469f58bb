package io.sealos.oci.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Relays TLS connections through proxies that require a password. The JDK's HTTP client does not send a proxy password
 * for them unless a system property allows it. Instead it connects to this relay on the loopback address with a secret
 * token; the relay connects to the proxy with the password and passes on the encrypted bytes.
 */
final class ProxyTunnel implements AutoCloseable {
    private static final int HEAD_LIMIT = 1 << 16;
    private static final int BUFFER = 1 << 16;
    private static final int TOKEN_BYTES = 24;
    private static final String END = "\r\n";
    private static final String NOTHING = "Content-Length: 0";
    private static final Pattern STATUS_GOOD = Pattern.compile("HTTP/1\\.[01] 2[0-9]{2}");

    private final ServerSocket listening;
    private final Executor threads;
    private final Function<URI, Optional<Route>> routes;
    private final int connectMillis;
    private final String token = token();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /** A proxy and the value of the header with its password. */
    record Route(InetSocketAddress proxy, String authorization) {}

    private ProxyTunnel(
            ServerSocket listening, Executor threads, Function<URI, Optional<Route>> routes, int connectMillis) {
        this.listening = listening;
        this.threads = threads;
        this.routes = routes;
        this.connectMillis = connectMillis;
    }

    /** Starts a relay. It uses one thread to listen, and two for each connection. */
    static ProxyTunnel start(Executor threads, Function<URI, Optional<Route>> routes, int connectMillis)
            throws IOException {
        ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProxyTunnel tunnel = new ProxyTunnel(listening, threads, routes, connectMillis);
        threads.execute(() -> quietly(tunnel::accept));
        return tunnel;
    }

    private static String token() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return "Bearer " + HexFormat.of().formatHex(random);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    /** Returns the header value that identifies this process to the relay. */
    String authorization() {
        return token;
    }

    @Override
    public void close() {
        quietly(listening::close);
        open.forEach(socket -> quietly(socket::close));
    }

    private void accept() throws IOException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            open.add(client);
            threads.execute(() -> quietly(() -> serve(client)));
        }
    }

    private void serve(Socket client) throws IOException {
        Socket proxy = new Socket();
        open.add(proxy);
        try (client;
                proxy) {
            List<String> asked = head(client.getInputStream());
            String target = target(asked);
            Optional<Route> route = target.isEmpty() ? Optional.empty() : routes.apply(URI.create("https://" + target));
            if (route.isPresent()) {
                connect(client, proxy, target, route.get());
            } else {
                send(client.getOutputStream(), List.of("HTTP/1.1 403 Forbidden", NOTHING));
            }
        } finally {
            open.remove(client);
            open.remove(proxy);
        }
    }

    /** Returns the host and port to connect to; empty if the request is not from this process. */
    private String target(List<String> asked) {
        String[] request = asked.get(0).split(" ", -1);
        boolean known = values(asked, "proxy-authorization").contains(token);
        return known && request.length == 3 && request[0].equals("CONNECT") ? request[1] : "";
    }

    private static List<String> values(List<String> head, String name) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .toList();
    }

    private void connect(Socket client, Socket proxy, String target, Route route) throws IOException {
        InetSocketAddress address = route.proxy();
        proxy.connect(new InetSocketAddress(address.getHostString(), address.getPort()), connectMillis);
        String login = "Proxy-Authorization: " + route.authorization();
        send(proxy.getOutputStream(), List.of("CONNECT " + target + " HTTP/1.1", "Host: " + target, login));
        List<String> answer = head(proxy.getInputStream());
        if (!STATUS_GOOD.matcher(answer.get(0)).lookingAt()) {
            refuse(client, answer);
            return;
        }
        send(client.getOutputStream(), List.of("HTTP/1.1 200 OK"));
        threads.execute(() -> quietly(() -> pass(client, proxy)));
        pass(proxy, client);
    }

    /** Refuses the connection with the response of the proxy. */
    private static void refuse(Socket client, List<String> answer) throws IOException {
        List<String> lines = new ArrayList<>(List.of(answer.get(0), NOTHING, "Connection: close"));
        values(answer, "proxy-authenticate").forEach(value -> lines.add("Proxy-Authenticate: " + value));
        send(client.getOutputStream(), lines);
    }

    /** Copies bytes until one side closes the connection, and closes it for both. */
    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            byte[] buffer = new byte[BUFFER];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        }
    }

    private static void send(OutputStream out, List<String> lines) throws IOException {
        out.write((String.join(END, lines) + END + END).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Reads the lines of a request or response up to its body. */
    private static List<String> head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newLines = 0;
        while (newLines < 2) {
            int one = in.read();
            if (one < 0 || head.size() > HEAD_LIMIT) {
                throw new EOFException("no whole head of a request or answer");
            }
            head.write(one);
            newLines = one == '\n' ? newLines + 1 : one == '\r' ? newLines : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    }

    private interface Work {
        void run() throws IOException;
    }

    /**
     * Does work whose failure means that a side has closed the connection or the relay is closed. The other side
     * notices that itself.
     */
    private static void quietly(Work work) {
        try {
            work.run();
        } catch (IOException | IllegalArgumentException e) {
            return;
        }
    }
}
