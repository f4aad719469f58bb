package io.sealos.oci.internal.client;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pushes to one repository of a registry according to the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push">OCI distribution
 * specification</a>. Mirrors are not used. Thread-safe; its threads and connections end with {@link #close()}.
 */
public final class PushClient implements AutoCloseable {
    private static final int STORED = 201;

    private final RemoteImage image;
    private final Endpoint endpoint;
    private final RegistrySession session;
    /** Repositories that this push must not read. They are not tried again, because each attempt requests a token. */
    private final Set<String> refusedMounts = ConcurrentHashMap.newKeySet();

    public PushClient(RemoteImage image, AccessSettings settings, TransferListener listener) {
        this.image = image;
        this.endpoint = settings.endpoints().of(image.registry());
        this.session = new RegistrySession(settings, listener);
    }

    /** Returns the host and port of the registry. */
    public String host() {
        return endpoint.host();
    }

    /**
     * Ensures that the repository has a blob, by mounting it from another repository or by uploading it if necessary.
     */
    public UploadOutcome blob(OutgoingBlob blob, Optional<String> mountFrom, ProgressListener listener)
            throws TransferException, InterruptedException {
        RegistryRequest call = RegistryRequest.push(image, endpoint, "/blobs/" + blob.digest());
        Optional<String> from = mountFrom.map(endpoint::repository).filter(other -> !refusedMounts.contains(other));
        return new BlobUpload(session, call, blob, from, refusedMounts::add, listener).run();
    }

    /**
     * Uploads a manifest under a tag or its digest.
     *
     * @return whether the registry answers that it adds the manifest to the referrers of its subject
     */
    public boolean manifest(OutgoingManifest manifest, String reference)
            throws TransferException, InterruptedException {
        RegistryRequest call = RegistryRequest.push(image, endpoint, "/manifests/" + reference);
        HttpResponse<ResponseBody> reply = session.attempt(call, () -> put(call, manifest));
        BlobUpload.compare(call, reply, manifest.digest());
        return reply.headers().firstValue("OCI-Subject").isPresent();
    }

    /** Returns the bytes of the manifest or index that the registry has under a tag. */
    public Optional<byte[]> tagged(String tag) throws TransferException, InterruptedException {
        RegistryRequest call = RegistryRequest.push(image, endpoint, "/manifests/" + tag);
        HttpResponse<ResponseBody> reply = session.attemptFound(call, () -> get(call, RegistryClient.ACCEPTED));
        return reply.statusCode() == 404
                ? Optional.empty()
                : Optional.of(reply.body().bytes());
    }

    private HttpResponse<ResponseBody> get(RegistryRequest call, String accepted)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Accept", accepted);
        return session.send(call, request, HttpExchanger.Target.memory(RegistryClient.MANIFEST_LIMIT));
    }

    /**
     * Uploads the manifest. Only the status 201 means that it is stored; after any other success status, the registry
     * is asked for it.
     */
    private HttpResponse<ResponseBody> put(RegistryRequest call, OutgoingManifest manifest)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofByteArray(manifest.bytes()));
        HttpResponse<ResponseBody> reply = session.send(call, request, BlobUpload.shortAnswer());
        if (reply.statusCode() / 100 != 2) {
            return reply;
        }
        if (Failures.isWebPage(reply)) {
            throw Failures.webPage(call, reply.uri(), "storing the manifest");
        }
        if (reply.statusCode() != STORED && !isStored(call, manifest)) {
            throw BlobUpload.unexpected(call, reply, " to the manifest, but does not have it then");
        }
        return reply;
    }

    private boolean isStored(RegistryRequest call, OutgoingManifest manifest) throws IOException, InterruptedException {
        HttpResponse<ResponseBody> reply = get(call, manifest.mediaType());
        return reply.statusCode() == 200
                && Digests.as(manifest.digest().algorithm(), reply.body().bytes())
                        .equals(manifest.digest());
    }

    /** Listens to the upload of one blob. */
    public interface ProgressListener {
        /** Called before the first byte is sent, also when the upload starts over. */
        void started(String host);

        /** Called with the number of bytes sent so far. */
        void progressed(long sent);
    }

    @Override
    public void close() {
        session.close();
    }
}
