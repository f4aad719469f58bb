package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sealos.images.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The HTTP server of the in-process registry: it routes requests, and applies faults, logins and the rate limit. */
final class RegistryServer {
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha(?:256|512):[0-9a-f]+)");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");

    private final HttpServer server;
    private final RegistryContent content;
    private final Uploads uploads;
    private final RequestLog log;
    private final ExecutorService threads = Executors.newCachedThreadPool(RegistryServer::daemon);
    private final List<ArmedFault> faults = new CopyOnWriteArrayList<>();
    private volatile @Nullable Guard guard;
    private volatile RateLimit rate = new RateLimit(0);

    RegistryServer(HttpServer server, RegistryContent content, Uploads uploads, RequestLog log) {
        this.server = server;
        this.content = content;
        this.uploads = uploads;
        this.log = log;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    static HttpServer plain() throws IOException {
        return HttpServer.create(loopback(), 0);
    }

    static HttpServer tls(SSLContext context, boolean clientCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(clientCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        return server;
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Starts the server on a daemon thread, since its own thread is a daemon only then. */
    void start() throws IOException {
        Thread starter = daemon(server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a registry was started");
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    void require(Guard required) {
        guard = required;
    }

    void limit(RateLimit limit) {
        rate = limit;
    }

    void fault(String method, String pathPart, Fault fault) {
        faults.add(new ArmedFault(method, pathPart, fault));
    }

    void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        log.received(exchange);
        try (exchange) {
            Answer answer = new Answer(exchange, faultFor(exchange), rate, log);
            if (!answer.beginsWithFault()) {
                route(exchange, exchange.getRequestURI().getPath(), answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.ended();
        }
    }

    private void route(HttpExchange exchange, String path, Answer answer) throws IOException, InterruptedException {
        Guard current = guard;
        Matcher manifest = MANIFEST.matcher(path);
        Matcher blob = BLOB.matcher(path);
        Matcher upload = UPLOAD.matcher(path);
        if (current != null && path.equals("/token")) {
            answer.json(current.issueToken(exchange));
        } else if (current != null && !current.admits(exchange)) {
            answer.unauthorized(current.challenge(exchange, repositoryOf(manifest, blob, upload)));
        } else if (path.equals("/v2/")) {
            answer.empty(200);
        } else if (manifest.matches()) {
            manifest(exchange, manifest.group(1), manifest.group(2), answer);
        } else if (upload.matches()) {
            uploads.serve(exchange, upload.group(1), upload.group(2), answer);
        } else if (blob.matches()) {
            answer.blob(blob.group(2), content.blob(blob.group(1), blob.group(2)));
        } else {
            answer.error(404, "UNSUPPORTED");
        }
    }

    private void manifest(HttpExchange exchange, String repository, String reference, Answer answer)
            throws IOException, InterruptedException {
        if (exchange.getRequestMethod().equals("PUT")) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            byte[] body = exchange.getRequestBody().readAllBytes();
            Digest digest = content.putManifest(repository, reference, type == null ? "" : type, body);
            answer.created("/v2/" + repository + "/manifests/" + digest, digest);
        } else {
            answer.manifest(content.manifest(repository, reference));
        }
    }

    private static String repositoryOf(Matcher... matchers) {
        return Stream.of(matchers)
                .filter(Matcher::matches)
                .map(it -> it.group(1))
                .findFirst()
                .orElse("");
    }

    private @Nullable Fault faultFor(HttpExchange exchange) {
        String address = exchange.getRequestURI().toString();
        for (ArmedFault armed : faults) {
            boolean meant = exchange.getRequestMethod().equals(armed.method) && address.contains(armed.pathPart);
            if (meant && armed.fault.takeOne()) {
                return armed.fault;
            }
        }
        return null;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "in-process-registry");
        thread.setDaemon(true);
        return thread;
    }

    private record ArmedFault(String method, String pathPart, Fault fault) {}
}
