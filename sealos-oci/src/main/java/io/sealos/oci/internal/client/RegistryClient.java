package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.http.BlobSink;
import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.ResponseBody;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.ManifestForm;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Fetches manifests and blobs from registries according to the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pull">OCI distribution
 * specification</a>, preferably from mirrors. Thread-safe; its threads and connections end with {@link #close()}.
 */
public final class RegistryClient implements AutoCloseable {
    static final int MANIFEST_LIMIT = 4 << 20;
    static final String ACCEPTED = String.join(
            ", ",
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            MediaTypes.DOCKER_MANIFEST);

    private final Mirrors mirrors;
    private final RegistrySession session;

    public RegistryClient(AccessSettings settings, TransferListener listener) {
        this.mirrors = new Mirrors(settings);
        this.session = new RegistrySession(settings, listener);
    }

    /** Fetches the manifest or index with a tag or a digest. A digest is verified. */
    public RawManifest manifest(RemoteImage image, String reference) throws TransferException, InterruptedException {
        return mirrors.first(
                image,
                endpoint -> manifest(RegistryRequest.pull(image, endpoint, "/manifests/" + reference), reference));
    }

    /**
     * Fetches the index of the manifests that refer to a manifest. It cannot be verified, since it has no known digest.
     */
    public RawManifest referrers(RemoteImage image, Digest manifest) throws TransferException, InterruptedException {
        return mirrors.first(
                image, endpoint -> manifest(RegistryRequest.pull(image, endpoint, "/referrers/" + manifest), ""));
    }

    /** Streams a blob into a sink and verifies its digest. An interrupted transfer is resumed. */
    public void blob(RemoteImage image, Digest digest, long size, BlobSink sink)
            throws TransferException, InterruptedException {
        mirrors.first(
                image,
                endpoint -> new BlobDownload(
                                session, RegistryRequest.pull(image, endpoint, "/blobs/" + digest), digest, size, sink)
                        .run());
    }

    @Override
    public void close() {
        session.close();
    }

    private RawManifest manifest(RegistryRequest call, String reference)
            throws TransferException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Accept", ACCEPTED);
        HttpResponse<ResponseBody> reply =
                session.attempt(call, () -> session.send(call, request, HttpExchanger.Target.memory(MANIFEST_LIMIT)));
        if (Failures.isWebPage(reply)) {
            throw Failures.webPage(call, reply.uri(), "a manifest");
        }
        RawManifest manifest = manifest(call, reply, reference);
        compare(call, reply, manifest.digest(), reference);
        Optional<String> announced = reply.headers().firstValue("Docker-Content-Digest");
        if (announced.isPresent()
                && announced.get().startsWith(manifest.digest().algorithm() + ":")) {
            compare(call, reply, manifest.digest(), announced.get());
        }
        checkForm(call, reply);
        return manifest;
    }

    private static RawManifest manifest(RegistryRequest call, HttpResponse<ResponseBody> reply, String reference) {
        byte[] bytes = reply.body().bytes();
        String algorithm = reference.startsWith("sha512:") ? "sha512" : "sha256";
        return new RawManifest(
                bytes, Digests.as(algorithm, bytes), call.endpoint().host());
    }

    private static void checkForm(RegistryRequest call, HttpResponse<ResponseBody> reply) throws TransferException {
        try {
            String served = reply.headers().firstValue("Content-Type").orElse("");
            ManifestForm.check(Documents.object(reply.body().bytes()), served);
        } catch (IOException e) {
            String host = HostNames.of(reply.uri());
            throw Failures.refused(
                    call.image(),
                    reply.uri(),
                    host + " sent a manifest that " + e.getMessage(),
                    "push the image there again, or ask who runs " + host);
        }
    }

    static void compare(RegistryRequest call, HttpResponse<ResponseBody> reply, Digest actual, String expected)
            throws TransferException {
        if (expected.contains(":") && !expected.equals(actual.toString())) {
            throw Failures.refused(
                    call.image(),
                    reply.uri(),
                    HostNames.of(reply.uri()) + " sent " + actual + " instead of " + expected,
                    "the registry or a proxy before it serves wrong content");
        }
    }
}
