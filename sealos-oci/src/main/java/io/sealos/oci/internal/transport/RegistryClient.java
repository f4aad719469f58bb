package io.sealos.oci.internal.transport;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Optional;

/**
 * Pulls from registries as the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull">OCI distribution
 * specification</a> says, from a mirror where one has the content. Thread-safe; its threads and connections end with
 * {@link #close()}.
 */
public final class RegistryClient implements AutoCloseable {
    private static final int MANIFEST_LIMIT = 4 << 20;
    private static final String ACCEPTED = String.join(
            ", ",
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.DOCKER_MANIFEST);

    private final Mirrors mirrors;
    private final Session session;

    public RegistryClient(AccessSettings settings, TransferListener listener) {
        this.mirrors = new Mirrors(settings);
        this.session = new Session(settings, listener);
    }

    /** The manifest or index under a tag or digest, compared with the digest where one is known. */
    public RawManifest manifest(RemoteImage image, String reference) throws TransferException, InterruptedException {
        return mirrors.first(
                image, endpoint -> manifest(Call.pull(image, endpoint, "/manifests/" + reference), reference));
    }

    /** The index of what refers to a manifest; it is not looked at, for it has no digest of its own. */
    public RawManifest referrers(RemoteImage image, Digest manifest) throws TransferException, InterruptedException {
        return mirrors.first(image, endpoint -> manifest(Call.pull(image, endpoint, "/referrers/" + manifest), ""));
    }

    /** Streams a blob into the sink, and compares its digest; a broken transfer goes on where it ended. */
    public void blob(RemoteImage image, Digest digest, long size, Sink sink)
            throws TransferException, InterruptedException {
        mirrors.first(image, endpoint -> blob(Call.pull(image, endpoint, "/blobs/" + digest), digest, size, sink));
    }

    @Override
    public void close() {
        session.close();
    }

    private RawManifest manifest(Call call, String reference) throws TransferException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Accept", ACCEPTED);
        HttpResponse<Body> reply =
                session.attempt(call, () -> session.send(call, request, Wire.Target.memory(MANIFEST_LIMIT)));
        RawManifest manifest = manifest(call, reply, reference);
        compare(call, manifest.digest(), reference);
        Optional<String> announced = reply.headers().firstValue("Docker-Content-Digest");
        if (announced.isPresent()
                && announced.get().startsWith(manifest.digest().algorithm() + ":")) {
            compare(call, manifest.digest(), announced.get());
        }
        return manifest;
    }

    private static RawManifest manifest(Call call, HttpResponse<Body> reply, String reference) {
        byte[] bytes = reply.body().bytes();
        String algorithm = reference.startsWith("sha512:") ? "sha512" : "sha256";
        return new RawManifest(
                bytes, Hashes.as(algorithm, bytes), call.endpoint().host());
    }

    private Digest blob(Call call, Digest digest, long size, Sink sink) throws TransferException, InterruptedException {
        // What another address sent before is not trusted to be the beginning of the same content.
        stored(call, () -> {
            sink.restart();
            return sink;
        });
        session.attempt(call, () -> {
            sink.asks(call.endpoint().host());
            HttpResponse<Body> reply = session.send(call, from(sink.written()), target(sink, size));
            if (reply.statusCode() / 100 == 2 && sink.written() < size) {
                throw new IOException("the body ended after " + sink.written() + " of " + size + " bytes");
            }
            return reply;
        });
        Digest actual = stored(call, sink::finish);
        compare(call, actual, digest.toString());
        return actual;
    }

    /** What the own disk refuses is no failure of the registry. */
    private static <T> T stored(Call call, Local<T> work) throws TransferException {
        try {
            return work.run();
        } catch (IOException e) {
            throw Failures.broken(call, new Body.LocalException("cannot be stored", e));
        }
    }

    private interface Local<T> {
        T run() throws IOException;
    }

    private static void compare(Call call, Digest actual, String expected) throws TransferException {
        if (expected.contains(":") && !expected.equals(actual.toString())) {
            throw Failures.refused(
                    call.image(),
                    call.uri(),
                    call.endpoint().host() + " sent " + actual + " instead of " + expected,
                    "the registry or a proxy before it serves wrong content");
        }
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
}
