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
import java.nio.file.Path;
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
 * A registry that runs in this process, on a free port of the loopback address, and keeps its content in memory. It
 * implements the parts of the OCI distribution API that are needed to pull and to push. It stores bytes unchanged,
 * records its requests, and can require credentials and simulate faults. It serves all registry names whose endpoint is
 * set to its {@link #endpoint()}. It keeps the JVM running until it is closed. Thread-safe.
 *
 * @since 0.1.0
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
     * Starts an empty registry.
     *
     * @return the running registry
     * @throws IOException if no port is available
     */
    public static InProcessRegistry start() throws IOException {
        return started(new InProcessRegistry(HttpServer.create(loopback(), 0), "http"));
    }

    /**
     * Starts an empty registry with TLS.
     *
     * @param context the TLS context with the key and the certificate of the registry
     * @param clientCertificate whether clients must present a certificate
     * @return the running registry
     * @throws IOException if no port is available
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

    /** {@return the address of the registry, such as {@code http://127.0.0.1:40000}} */
    public URI endpoint() {
        return URI.create(scheme + "://" + host());
    }

    /** {@return the host and port of the registry, such as {@code 127.0.0.1:40000}} */
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Adds a blob to all repositories.
     *
     * @param bytes the content of the blob
     * @return the digest of the blob
     */
    public Digest putBlob(byte[] bytes) {
        return content.putBlob(bytes);
    }

    /**
     * Adds a manifest or an index to a repository, under its digest and the given reference.
     *
     * @param repository the path of the repository, such as {@code library/nginx}
     * @param reference a tag or a digest
     * @param mediaType the media type
     * @param bytes the content of the manifest or index, which is stored unchanged
     * @return the digest of the manifest or index
     */
    public Digest putManifest(String repository, String reference, String mediaType, byte[] bytes) {
        return content.putManifest(repository, reference, mediaType, bytes);
    }

    /**
     * Adds a small image with the given name. The same name always results in the same bytes.
     *
     * @param reference the name, such as {@code registry.example/shop:1.0}, for whose registry {@link #access()} then
     *     uses this one
     * @param platforms the platforms of the image, by default {@code linux/amd64}; several platforms result in an index
     * @return the digest of the manifest or index
     * @throws IOException if the layer cannot be created
     */
    public Digest putImage(String reference, String... platforms) throws IOException {
        ImageReference image = ImageReference.parse(reference);
        List<Platform> wanted =
                Stream.of(platforms).map(Platform::parse).distinct().toList();
        registries.add(image.registry());
        return new SmallImage(content, image).put(wanted.isEmpty() ? List.of(Platform.parse("linux/amd64")) : wanted);
    }

    /**
     * Adds the images of a directory that {@link io.sealos.oci.ClusterImage#saveRegistry} or sealos has written, under
     * their repositories, tags and digests, as the registry of a site does.
     *
     * @param directory the directory that contains {@code docker/registry/v2}, all of which is read into memory
     * @return the names of the tagged images at this registry, sorted, such as
     *     {@code 127.0.0.1:40000/library/nginx:1.25}, which {@link #access()} reaches
     * @throws IOException if the directory cannot be read, or a blob does not have its SHA-256 digest
     */
    public List<ImageReference> putRegistry(Path directory) throws IOException {
        List<String> names = new SavedRegistry(directory, content).put();
        registries.add(host());
        return names.stream()
                .map(name -> ImageReference.parse(host() + "/" + name))
                .sorted()
                .toList();
    }

    /**
     * {@return the access settings to reach this registry, and nothing else, under the registry names of all images
     * added by {@link #putImage} and {@link #putRegistry} so far, without login files} An image of another registry
     * fails at once, with a message that names its host.
     */
    public RegistryAccess access() {
        return endpoints().onlyHosts(host()).build();
    }

    /** {@return access settings like {@link #access()}, with which other registries are reached over the network} */
    public RegistryAccess accessWithNetwork() {
        return endpoints().build();
    }

    private RegistryAccess.Builder endpoints() {
        RegistryAccess.Builder access = RegistryAccess.builder().loginFiles(false);
        registries.forEach(registry -> access.endpoint(registry, endpoint()));
        return access;
    }

    /**
     * Requires the given user and password, with basic authentication.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireBasic(String user, String secret) {
        guard = Guard.basic(user, secret);
    }

    /**
     * Requires a token, which this server issues for the given user and password.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireToken(String user, String secret) {
        guard = Guard.token(user, secret);
    }

    /** Requires a token, which this server issues without a credential. */
    public void requireAnonymousToken() {
        guard = Guard.anonymousToken();
    }

    /**
     * Requires a token, which this server issues for the given identity token.
     *
     * @param identityToken the identity token
     */
    public void requireIdentityToken(String identityToken) {
        guard = Guard.identityToken(identityToken);
    }

    /** {@return the maximum number of requests that were processed at the same time} */
    public int mostAtOnce() {
        return most.get();
    }

    /**
     * Adds a fault for GET requests whose path and query contain the given text. If several faults apply to a request,
     * the one that was added first is used.
     *
     * @param pathPart the text, such as {@code /blobs/}
     * @param fault the fault
     */
    public void fault(String pathPart, Fault fault) {
        fault("GET", pathPart, fault);
    }

    /**
     * Adds a fault for requests with the given method whose path and query contain the given text. If several faults
     * apply to a request, the one that was added first is used.
     *
     * @param method the HTTP method, such as {@code PUT}
     * @param pathPart the text, such as {@code /blobs/uploads/}
     * @param fault the fault
     */
    public void fault(String method, String pathPart, Fault fault) {
        faults.add(new ArmedFault(method, pathPart, fault));
    }

    /**
     * Sets the addresses of uploads. Default: {@code /v2/REPOSITORY/blobs/uploads/ID}.
     *
     * @param format a format string for {@link String#format}, with the repository and the id as arguments
     */
    public void uploadLocations(String format) {
        uploads.locations(format);
    }

    /** {@return the number of bytes received in uploads of blobs} */
    public long uploadedBytes() {
        return uploads.received();
    }

    /** {@return the requests received so far, such as {@code GET /v2/library/nginx/manifests/1.25}} */
    public List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** {@return the {@code Authorization} headers received so far} */
    public List<String> authorizations() {
        return headers("Authorization");
    }

    /** {@return the {@code Range} headers received so far} */
    public List<String> ranges() {
        return headers("Range");
    }

    /** {@return the query strings received so far, as they were sent} */
    public List<String> queries() {
        return new ArrayList<>(queries);
    }

    /**
     * {@return the headers of the given name received so far}
     *
     * @param name the name, such as {@code Range}
     */
    public List<String> headers(String name) {
        return headers.stream()
                .flatMap(request -> request.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /**
     * {@return the number of requests received so far that contain the given text}
     *
     * @param part the text, such as {@code PUT /v2/team/app/manifests/}
     */
    public long requests(String part) {
        return requests.stream().filter(request -> request.contains(part)).count();
    }

    /** Stops the registry immediately, and aborts the requests in progress. */
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
