package io.sealos.oci.testing;

import com.sun.net.httpserver.HttpServer;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildPlan;
import io.sealos.oci.RegistryAccess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import javax.net.ssl.SSLContext;

/**
 * A registry that runs in this process, on a free port of the loopback address, and keeps its content in memory. It
 * implements the parts of the OCI distribution API that are needed to pull and to push. It stores bytes unchanged,
 * records its requests, and can require credentials, limit its rate, and simulate faults. It serves all registry names
 * whose endpoint is set to its {@link #endpoint()}, as {@link #access()} does.
 *
 * <p>Its threads are daemon threads, so a program that does not close it ends nevertheless. A program that only runs a
 * registry must wait itself, such as for input.
 *
 * <p>Thread-safe: tests that run in parallel may share one registry if their images have different repositories, since
 * all of them see all requests and faults.
 *
 * <pre>{@code
 * try (InProcessRegistry registry = InProcessRegistry.start()) {
 *     registry.putImage("registry.example/shop:1.0");
 *     ClusterImage.builder().context(…).registryAccess(registry.access()).contentStore(directory)…
 * }
 * }</pre>
 *
 * @see RegistryExtension
 * @since 0.1.0
 */
public final class InProcessRegistry implements AutoCloseable {
    private final RegistryServer server;
    private final String scheme;
    private final RegistryContent content = new RegistryContent();
    private final Uploads uploads = new Uploads(content);
    private final RequestLog log = new RequestLog();
    private final Set<String> registries = new CopyOnWriteArraySet<>();
    private final ImageOwners owners = new ImageOwners();

    private InProcessRegistry(HttpServer server, String scheme) {
        this.server = new RegistryServer(server, content, uploads, log);
        this.scheme = scheme;
    }

    /**
     * Starts an empty registry, which is accessed over plain HTTP and without credentials.
     *
     * @return the running registry
     * @throws IOException if no port is available
     */
    public static InProcessRegistry start() throws IOException {
        return started(new InProcessRegistry(RegistryServer.plain(), "http"));
    }

    /**
     * Starts an empty registry with TLS. {@link #access()} accepts its certificate without verifying it, and has no
     * client certificate. A test of certificates creates its own {@link RegistryAccess}, with the {@link #endpoint()}
     * and {@link RegistryAccess.Builder#certificateAuthorities} or {@link RegistryAccess.Builder#sslContext} for the
     * {@link #host()}.
     *
     * @param context the TLS context with the key and the certificate of the registry
     * @param clientCertificate whether clients must present a certificate, which the trust manager of the context
     *     verifies
     * @return the running registry
     * @throws IOException if no port is available
     */
    public static InProcessRegistry startTls(SSLContext context, boolean clientCertificate) throws IOException {
        return started(new InProcessRegistry(RegistryServer.tls(context, clientCertificate), "https"));
    }

    private static InProcessRegistry started(InProcessRegistry registry) throws IOException {
        registry.server.start();
        return registry;
    }

    /** {@return the address of the registry, such as {@code http://127.0.0.1:40000}} */
    public URI endpoint() {
        return URI.create(scheme + "://" + host());
    }

    /** {@return the host and port of the registry, such as {@code 127.0.0.1:40000}} */
    public String host() {
        return "127.0.0.1:" + server.port();
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
     * Adds a small image with the given name: one layer of about 10 KB, without labels. The same name always results in
     * the same bytes. An image with the same repository and tag is replaced.
     *
     * @param reference the name, such as {@code registry.example/shop:1.0}, for whose registry {@link #access()} then
     *     uses this one; without a tag, it is {@code latest}
     * @param platforms the platforms of the image, by default {@code linux/amd64}; several platforms result in an index
     * @return the digest of the manifest or index
     * @throws IllegalArgumentException if the name or a platform is not valid, or the registry has an image of another
     *     registry with the same repository and tag
     * @throws IOException if the layer cannot be created
     */
    public Digest putImage(String reference, String... platforms) throws IOException {
        return putImage(reference, SampleImage.of(platforms));
    }

    /**
     * Adds an image with the given name and form, such as one with several large layers, whose bytes are generated for
     * each response. The same name and form always result in the same bytes. An image with the same repository and tag
     * is replaced.
     *
     * @param reference the name, as in {@link #putImage(String, String...)}
     * @param image the form, such as {@code SampleImage.of().withLayers(5, 10_000_000)} for 50 MB
     * @return the digest of the manifest or index
     * @throws IllegalArgumentException if the name is not valid, or the registry has an image of another registry with
     *     the same repository and tag
     * @throws IOException if the layers cannot be created
     */
    public Digest putImage(String reference, SampleImage image) throws IOException {
        ImageReference name = ImageReference.parse(reference);
        owners.claim(name).ifPresent(refusal -> {
            throw new IllegalArgumentException(name + ": " + refusal);
        });
        registries.add(name.registry());
        return new ImageDocuments(content, name, image).put();
    }

    /**
     * Adds all images that a plan would save, under their names and for the platforms of the plan, as samples like
     * those of {@link #putImage(String, String...)}. An image that this registry already has is kept, such as one with
     * large layers. Base images are not added; see {@link BuildPlan#unreadBases}. The {@link #access()} of the build is
     * taken afterwards:
     *
     * <pre>{@code
     * registry.putImages(builder.build().plan());
     * builder.registryAccess(registry.access()).build().writeTo(target);
     * }</pre>
     *
     * @param plan the plan
     * @return the digest of the manifest or index of each image, in the order of {@link BuildPlan#images()}
     * @throws IllegalArgumentException if images cannot be samples: those that are named by a digest which this
     *     registry does not have, or those of two registries with the same repository and tag; it lists all of them,
     *     and none is added
     * @throws IOException if a layer cannot be created
     */
    public Map<ImageReference, Digest> putImages(BuildPlan plan) throws IOException {
        Map<ImageReference, Digest> digests = new PlanImages(this, plan, owners.copy()).put();
        digests.keySet().forEach(image -> registries.add(image.registry()));
        return digests;
    }

    /** {@return the digest of an image that this registry has} */
    Optional<Digest> digest(ImageReference name) {
        String reference = name.digest().map(Digest::toString).orElse(name.tag().orElse("latest"));
        return content.manifest(name.repository(), reference).map(it -> it.digest);
    }

    /**
     * Adds names of registries for which {@link #access()} uses this one. {@link #putImage} does so for the registry of
     * the image; other names are needed only to push to them.
     *
     * @param names the names, such as {@code registry.example}
     */
    public void serve(String... names) {
        registries.addAll(List.of(names));
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
     * {@return the access settings to reach this registry, and nothing else, under its own {@link #host()} and the
     * names of all registries added by {@link #putImage}, {@link #putRegistry} and {@link #serve} so far} They have no
     * login files and no credentials; see {@link #requireBasic}. An image of another registry fails at once, with a
     * message that names its host.
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
        access.endpoint(host(), endpoint());
        registries.forEach(registry -> access.endpoint(registry, endpoint()));
        return scheme.equals("https") ? access.unverifiedTls(host()) : access;
    }

    /**
     * Requires the given user and password, with basic authentication, for all further requests. Replaces an earlier
     * requirement. {@link #access()} has no credential: a test creates its own {@link RegistryAccess}, with the
     * {@link #endpoint()} and {@link RegistryAccess.Builder#credentials(String, String, String)} for the
     * {@link #host()}, not for the registry of the image.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireBasic(String user, String secret) {
        server.require(Guard.basic(user, secret));
    }

    /**
     * Requires a token, which this server issues for the given user and password.
     *
     * @param user the user
     * @param secret the password
     */
    public void requireToken(String user, String secret) {
        server.require(Guard.token(user, secret));
    }

    /** Requires a token, which this server issues without a credential. */
    public void requireAnonymousToken() {
        server.require(Guard.anonymousToken());
    }

    /**
     * Requires a token, which this server issues for the given identity token.
     *
     * @param identityToken the identity token
     */
    public void requireIdentityToken(String identityToken) {
        server.require(Guard.identityToken(identityToken));
    }

    /**
     * Limits the rate at which bodies of blobs and manifests are sent, in total, like a slow connection. The bodies are
     * complete and correct. Default: no limit.
     *
     * <p>Clients end a transfer that is slower than {@link RegistryAccess.Builder#minimumRate}, by default 1,024 bytes
     * per second. To refuse requests like a registry that limits their number, use {@code Fault.status(429, …)}.
     *
     * @param bytesPerSecond the rate in bytes per second; 0 for no limit
     * @throws IllegalArgumentException if the rate is less than 0
     */
    public void limitRate(long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "a rate cannot be " + bytesPerSecond + " bytes a second; 0 is for no limit");
        }
        server.limit(new RateLimit(bytesPerSecond));
    }

    /** {@return the maximum number of requests that were processed at the same time} */
    public int mostAtOnce() {
        return log.mostAtOnce();
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
        server.fault(method, pathPart, fault);
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

    /** {@return the number of bytes of blobs and manifests sent so far} */
    public long servedBytes() {
        return log.servedBytes();
    }

    /** {@return the requests received so far, such as {@code GET /v2/library/nginx/manifests/1.25}} */
    public List<String> requests() {
        return log.requests();
    }

    /**
     * {@return the requests that were answered so far, in the order of their responses, each with the status, such as
     * {@code GET /v2/library/nginx/manifests/1.25 404}}
     */
    public List<String> responses() {
        return log.responses();
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
        return log.queries();
    }

    /**
     * {@return the headers of the given name received so far}
     *
     * @param name the name, such as {@code Range}
     */
    public List<String> headers(String name) {
        return log.headers(name);
    }

    /**
     * {@return the number of requests received so far that contain the given text}
     *
     * @param part the text, such as {@code PUT /v2/team/app/manifests/}
     */
    public long requests(String part) {
        return log.requests().stream().filter(request -> request.contains(part)).count();
    }

    /**
     * Stops the registry immediately: aborts the requests in progress, ends its threads, and frees its port. Its
     * content and its records can still be read. Has no effect if the registry was closed before.
     */
    @Override
    public void close() {
        server.close();
    }

    /** {@return the address of the registry, and the names of the registries that it serves} */
    @Override
    public String toString() {
        return "registry at " + endpoint() + " for " + registries;
    }
}
