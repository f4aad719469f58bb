package io.sealos.oci.internal.transport;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;
import java.util.Set;

/**
 * Pulls from registries as the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull">OCI distribution
 * specification</a> says. Thread-safe; its threads end with {@link #close()}.
 */
public final class RegistryClient implements AutoCloseable {
    private static final int MANIFEST_LIMIT = 4 << 20;
    private static final int MOST_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String ACCEPTED = String.join(
            ", ",
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.DOCKER_MANIFEST);

    private final AccessSettings settings;
    private final Wire wire;
    private final Retries retries;
    private final Authorizer authorizer;

    public RegistryClient(AccessSettings settings) {
        this.settings = settings;
        this.wire = new Wire(settings);
        this.retries = new Retries(settings.retries);
        this.authorizer = new Authorizer(settings, wire, retries);
    }

    /** The manifest or index under a tag or digest, compared with the digest where one is known. */
    public RawManifest manifest(RemoteImage image, String reference) throws IOException, InterruptedException {
        URI uri = address(image, "/manifests/" + reference);
        HttpResponse<Body> reply =
                attempt(image, uri, () -> send(image, uri, accepting(), Wire.Target.memory(MANIFEST_LIMIT)));
        RawManifest manifest = manifest(reply, reference);
        compare(image, uri, manifest.digest(), reference);
        Optional<String> announced = reply.headers().firstValue("Docker-Content-Digest");
        if (announced.isPresent()
                && announced.get().startsWith(manifest.digest().algorithm() + ":")) {
            compare(image, uri, manifest.digest(), announced.get());
        }
        return manifest;
    }

    /** Streams a blob into the sink, which checks the digest; a broken transfer goes on where it ended. */
    public void blob(RemoteImage image, Digest digest, long size, Sink sink) throws IOException, InterruptedException {
        URI uri = address(image, "/blobs/" + digest);
        attempt(image, uri, () -> {
            HttpResponse<Body> reply = send(image, uri, from(sink.written()), target(sink, size));
            if (reply.statusCode() / 100 == 2 && sink.written() < size) {
                throw new IOException("the body ended after " + sink.written() + " of " + size + " bytes");
            }
            return reply;
        });
    }

    @Override
    public void close() {
        wire.close();
    }

    private static RawManifest manifest(HttpResponse<Body> reply, String reference) {
        byte[] bytes = reply.body().bytes();
        String algorithm = reference.startsWith("sha512:") ? "sha512" : "sha256";
        String type = reply.headers().firstValue("Content-Type").orElse("");
        return new RawManifest(bytes, type, Hashes.as(algorithm, bytes));
    }

    private static void compare(RemoteImage image, URI uri, Digest actual, String expected) throws TransferException {
        if (expected.contains(":") && !expected.equals(actual.toString())) {
            throw Failures.refused(
                    image,
                    uri,
                    uri.getAuthority() + " sent " + actual + " instead of " + expected,
                    "the registry or a proxy before it serves wrong content");
        }
    }

    private URI address(RemoteImage image, String rest) throws TransferException {
        String endpoint = settings.endpoint(image.registry()).toString();
        String base = endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
        try {
            return URI.create(base + "/v2/" + image.repository() + rest);
        } catch (IllegalArgumentException e) {
            throw new TransferException(
                    image.name(), image.registry(), 0, "'" + base + "' is no address of a registry", "", e);
        }
    }

    private HttpResponse<Body> attempt(RemoteImage image, URI uri, Retries.Attempt attempt)
            throws IOException, InterruptedException {
        HttpResponse<Body> reply;
        try {
            reply = retries.run(attempt);
        } catch (IOException e) {
            throw Failures.broken(image, uri, e);
        }
        if (reply.statusCode() / 100 != 2) {
            throw Failures.answered(image, reply, authorizer.hasCredential(image));
        }
        return reply;
    }

    private static HttpRequest.Builder accepting() {
        return HttpRequest.newBuilder().header("Accept", ACCEPTED);
    }

    private static HttpRequest.Builder from(long written) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        return written == 0 ? request : request.header("Range", "bytes=" + written + "-");
    }

    private static Wire.Target target(Sink sink, long size) {
        long written = sink.written();
        return (info, onBytes) -> {
            boolean rest = info.statusCode() == 206 && continuesAt(info, written);
            return Body.into(sink, !rest && written > 0, rest ? size - written : size, onBytes);
        };
    }

    private static boolean continuesAt(ResponseInfo info, long written) {
        String range = info.headers().firstValue("Content-Range").orElse("");
        return range.startsWith("bytes " + written + "-");
    }

    private HttpResponse<Body> send(RemoteImage image, URI uri, HttpRequest.Builder request, Wire.Target target)
            throws IOException, InterruptedException {
        HttpResponse<Body> reply = follow(image, uri, request.copy(), target);
        boolean refused = reply.statusCode() == 401 && sameOrigin(uri, reply.uri());
        return refused && authorizer.answer(image, reply) ? follow(image, uri, request.copy(), target) : reply;
    }

    private HttpResponse<Body> follow(RemoteImage image, URI uri, HttpRequest.Builder request, Wire.Target target)
            throws IOException, InterruptedException {
        URI next = uri;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<Body> reply = wire.exchange(authorized(image, uri, next, request), target);
            Optional<String> location = reply.headers().firstValue("Location");
            if (!REDIRECTS.contains(reply.statusCode()) || location.isEmpty()) {
                return reply;
            }
            next = redirected(image, next, location.get());
        }
        throw Failures.refused(image, next, uri.getAuthority() + " redirects without end", "ask who runs it");
    }

    /** The authorization goes to the registry itself only, never to a host that it redirects to. */
    private HttpRequest authorized(RemoteImage image, URI registry, URI next, HttpRequest.Builder request) {
        HttpRequest.Builder hop = request.copy().uri(next);
        if (sameOrigin(registry, next)) {
            authorizer.header(image).ifPresent(header -> hop.setHeader("Authorization", header));
        }
        return hop.build();
    }

    private URI redirected(RemoteImage image, URI from, String location) throws TransferException {
        URI next;
        try {
            next = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw Failures.refused(image, from, from.getAuthority() + " redirects to no address", "");
        }
        boolean plain = "http".equals(next.getScheme()) && next.getHost() != null && settings.mayBePlain(next);
        if (!plain && !"https".equals(next.getScheme())) {
            String target = next.getScheme() + "://" + next.getAuthority();
            throw Failures.refused(
                    image, from, from.getAuthority() + " redirects to " + target, "allow plain HTTP for that host");
        }
        return next;
    }

    private static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equals(other.getScheme())
                && one.getHost().equalsIgnoreCase(String.valueOf(other.getHost()))
                && one.getPort() == other.getPort();
    }
}
