package io.sealos.oci.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.RegistryAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * A registry in this process, on a free port of the loopback address, with everything in memory: enough of the OCI
 * distribution API to pull and to push. It keeps bytes exactly, remembers its requests, can ask for credentials, and
 * shows faults when told to. It answers for any registry name that is mapped to its {@link #endpoint()}. Thread-safe.
 */
public final class InProcessRegistry implements AutoCloseable {
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha(?:256|512):[0-9a-f]+)");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads;
    private final RegistryContent content = new RegistryContent();
    private final Uploads uploads = new Uploads(content);
    private final Set<String> registries = new CopyOnWriteArraySet<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final List<ArmedFault> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private volatile @Nullable Guard guard;

    private InProcessRegistry(HttpServer server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        this.threads = Executors.newCachedThreadPool(InProcessRegistry::daemon);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /**
     * {@return a running, empty registry}
     *
     * @throws IOException if no port can be had
     */
    public static InProcessRegistry start() throws IOException {
        return started(new InProcessRegistry(HttpServer.create(loopback(), 0), "http"));
    }

    /**
     * {@return a running, empty registry that speaks TLS, and asks for a client certificate if told so}
     *
     * @param context keys and certificates of the registry
     * @param clientCertificate whether clients have to show a certificate
     * @throws IOException if no port can be had
     */
    public static InProcessRegistry startTls(SSLContext context, boolean clientCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(clientCertificate);
                parameters.setSSLParameters(tls);
            }
        });
        return started(new InProcessRegistry(server, "https"));
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static InProcessRegistry started(InProcessRegistry registry) {
        registry.server.start();
        return registry;
    }

    /** {@return the address, such as {@code http://127.0.0.1:40000}} */
    public URI endpoint() {
        return URI.create(scheme + "://" + host());
    }

    /** {@return host and port, such as {@code 127.0.0.1:40000}} */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * {@return the digest of a blob that every repository has from now on}
     *
     * @param bytes its content
     */
    public Digest putBlob(byte[] bytes) {
        return content.putBlob(bytes);
    }

    /**
     * {@return the digest of a manifest that is served under it and under the reference, a tag or a digest}
     *
     * @param repository the path of the repository, such as {@code library/nginx}
     * @param reference a tag or a digest
     * @param mediaType what it is served as
     * @param bytes the manifest or index, kept as it is
     */
    public Digest putManifest(String repository, String reference, String mediaType, byte[] bytes) {
        return content.putManifest(repository, reference, mediaType, bytes);
    }

    /**
     * Puts a small image under a name; the same name always gives the same bytes.
     *
     * @param reference its name, such as {@code registry.example/shop:1.0}; {@link #access()} then leads its registry
     *     here
     * @param platforms what it is for; several make an index; none is {@code linux/amd64}
     * @return the digest of its manifest or index
     * @throws IOException if its layer cannot be made
     */
    public Digest putImage(String reference, String... platforms) throws IOException {
        ImageReference image = ImageReference.parse(reference);
        List<Platform> wanted =
                Stream.of(platforms).map(Platform::parse).distinct().toList();
        registries.add(image.registry());
        return new SmallImage(content, image).put(wanted.isEmpty() ? List.of(Platform.parse("linux/amd64")) : wanted);
    }

    /** {@return access in which the registry of every image that was put so far is this one, without logins} */
    public RegistryAccess access() {
        RegistryAccess.Builder access = RegistryAccess.builder().loginFiles(false);
        registries.forEach(registry -> access.endpoint(registry, endpoint()));
        return access.build();
    }

    /**
     * Lets in only this user, by basic authentication.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireBasic(String user, String secret) {
        guard = Guard.basic(user, secret);
    }

    /**
     * Lets in only this user, by a token from this server.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireToken(String user, String secret) {
        guard = Guard.token(user, secret);
    }

    /** Lets in whoever has a token from this server, which gives one to anybody who shows no credential. */
    public void requireAnonymousToken() {
        guard = Guard.anonymousToken();
    }

    /**
     * Lets in only who has a token that this server gave for an identity token.
     *
     * @param identityToken the identity token
     */
    public void requireIdentityToken(String identityToken) {
        guard = Guard.identityToken(identityToken);
    }

    /** {@return the most requests that were being answered at one time} */
    public int mostAtOnce() {
        return most.get();
    }

    /**
     * Shows a fault to GET requests whose path and query contain the text.
     *
     * @param pathPart such as {@code /blobs/}
     * @param fault what goes wrong, and how often; of several that fit, the one that was given first comes first
     */
    public void fault(String pathPart, Fault fault) {
        fault("GET", pathPart, fault);
    }

    /**
     * Shows a fault to requests of that method whose path and query contain the text.
     *
     * @param method the HTTP method, such as {@code PUT}
     * @param pathPart such as {@code /blobs/uploads/}
     * @param fault what goes wrong, and how often; of several that fit, the one that was given first comes first
     */
    public void fault(String method, String pathPart, Fault fault) {
        faults.add(new ArmedFault(method, pathPart, fault));
    }

    /**
     * Names other addresses for uploads than {@code /v2/REPOSITORY/blobs/uploads/ID}.
     *
     * @param format what {@link String#format} makes an address of, given repository and id
     */
    public void uploadLocations(String format) {
        uploads.locations(format);
    }

    /** {@return how many bytes of blobs have come in} */
    public long uploadedBytes() {
        return uploads.received();
    }

    /** {@return the requests so far, such as {@code GET /v2/library/nginx/manifests/1.25}} */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** {@return the Authorization headers so far} */
    public List<String> authorizations() {
        return headers("Authorization");
    }

    /** {@return the Range headers so far} */
    public List<String> ranges() {
        return headers("Range");
    }

    /** {@return the queries of requests so far, as they were sent} */
    public List<String> queries() {
        return new ArrayList<>(queries);
    }

    /** {@return the headers of that name so far} */
    public List<String> headers(String name) {
        return headers.stream()
                .flatMap(request -> request.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /**
     * {@return how many requests so far contain the text}
     *
     * @param part such as {@code PUT /v2/team/app/manifests/}
     */
    public long requests(String part) {
        return requests.stream().filter(request -> request.contains(part)).count();
    }

    /** Stops it at once, with the requests that are being answered. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        headers.add(exchange.getRequestHeaders());
        Optional.ofNullable(exchange.getRequestURI().getRawQuery()).ifPresent(queries::add);
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            Answer answer = new Answer(exchange, faultFor(exchange));
            if (!answer.beginsWithFault()) {
                route(exchange, path, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
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
        for (Matcher matcher : matchers) {
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
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
