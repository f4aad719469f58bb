package io.sealos.oci.internal.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Pushes to one repository of a registry as the <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push">OCI distribution
 * specification</a> says; mirrors have no part in it. Thread-safe; its threads and connections end with
 * {@link #close()}.
 */
public final class PushClient implements AutoCloseable {
    private final RemoteImage image;
    private final Endpoint endpoint;
    private final Session session;

    public PushClient(RemoteImage image, AccessSettings settings, TransferListener listener) {
        this.image = image;
        this.endpoint = settings.origin(image.registry());
        this.session = new Session(settings, listener);
    }

    /** Host and port of the registry. */
    public String host() {
        return endpoint.host();
    }

    /** Sees to it that the repository has the blob, and sends its bytes only if there is no other way. */
    public UploadOutcome blob(OutgoingBlob blob, Optional<String> mountFrom, UploadListener listener)
            throws TransferException, InterruptedException {
        Call call = Call.push(image, endpoint, "/blobs/" + blob.digest());
        return new BlobUpload(session, call, blob, mountFrom.map(endpoint::repository), listener).run();
    }

    /** Puts a manifest under a tag or its digest. */
    public void manifest(OutgoingManifest manifest, String reference) throws TransferException, InterruptedException {
        Call call = Call.push(image, endpoint, "/manifests/" + reference);
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", manifest.mediaType())
                .PUT(BodyPublishers.ofByteArray(manifest.bytes()));
        HttpResponse<Body> reply = session.attempt(call, () -> session.send(call, request, BlobUpload.shortAnswer()));
        BlobUpload.compare(call, reply, manifest.digest());
    }

    @Override
    public void close() {
        session.close();
    }
}
