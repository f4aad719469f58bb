package io.sealos.oci.internal.transport;

import io.sealos.images.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * One blob on its way to a registry. It is asked for first, which settles the authorization before any of its bytes go;
 * what breaks off begins anew with the same question, so that nothing is sent that has arrived.
 */
final class BlobUpload {
    private static final int ANSWER_LIMIT = 1 << 20;

    private final Session session;
    private final Call call;
    private final OutgoingBlob blob;
    private final Optional<String> mountFrom;
    private final UploadListener listener;
    private UploadOutcome outcome = UploadOutcome.SENT;

    BlobUpload(Session session, Call call, OutgoingBlob blob, Optional<String> mountFrom, UploadListener listener) {
        this.session = session;
        this.call = call;
        this.blob = blob;
        this.mountFrom = mountFrom;
        this.listener = listener;
    }

    UploadOutcome run() throws TransferException, InterruptedException {
        HttpResponse<Body> reply = session.attempt(call, this::attempt);
        compare(call, reply, blob.digest());
        return outcome;
    }

    static Wire.Target shortAnswer() {
        return Wire.Target.memory(ANSWER_LIMIT);
    }

    /** A registry that says what it has stored has to have stored what was sent. */
    static void compare(Call call, HttpResponse<Body> reply, Digest sent) throws TransferException {
        Optional<String> stored = reply.headers().firstValue("Docker-Content-Digest");
        if (stored.isPresent()
                && stored.get().startsWith(sent.algorithm() + ":")
                && !stored.get().equals(sent.toString())) {
            String host = call.endpoint().host();
            throw Failures.refused(
                    call.image(),
                    call.uri(),
                    host + " says that it has " + stored.get() + " instead of " + sent,
                    "the registry or a proxy before it changes content");
        }
    }

    private HttpResponse<Body> attempt() throws IOException, InterruptedException {
        HttpResponse<Body> known =
                session.send(call, HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()), shortAnswer());
        if (known.statusCode() / 100 == 2) {
            outcome = UploadOutcome.PRESENT;
            return known;
        }
        if (Retries.mayPass(known.statusCode())) {
            return known;
        }
        HttpResponse<Body> begun = begin();
        if (begun.statusCode() == 201) {
            outcome = UploadOutcome.MOUNTED;
        }
        return begun.statusCode() == 202 ? put(begun) : begun;
    }

    /** What the answer says: mounted (201), or send it there (202). */
    private HttpResponse<Body> begin() throws IOException, InterruptedException {
        if (mountFrom.isPresent()) {
            String path = "/blobs/uploads/?mount=" + blob.digest() + "&from=" + mountFrom.get();
            HttpResponse<Body> reply = post(call.at(path).reading(mountFrom.get()));
            if (reply.statusCode() / 100 == 2 || Retries.mayPass(reply.statusCode())) {
                return reply;
            }
        }
        return post(call.at("/blobs/uploads/"));
    }

    private HttpResponse<Body> post(Call begin) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.noBody());
        return session.send(begin, request, shortAnswer());
    }

    private HttpResponse<Body> put(HttpResponse<Body> begun) throws IOException, InterruptedException {
        String host = call.endpoint().host();
        listener.started(host);
        FileBody body = new FileBody(blob.file(), blob.size(), sent -> listener.progressed(sent, host));
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/octet-stream")
                .PUT(body);
        HttpResponse<Body> reply = session.send(call, address(begun), request, shortAnswer());
        if (reply.statusCode() == 404) {
            throw new IOException("the upload that it began is not known any more");
        }
        return reply;
    }

    /** Where the registry wants the bytes: anywhere, with a query of its own that stays as it is. */
    private URI address(HttpResponse<Body> begun) throws TransferException {
        Optional<String> location = begun.headers().firstValue("Location");
        if (location.isEmpty()) {
            throw Failures.refused(
                    call.image(), begun.uri(), call.endpoint().host() + " began an upload without an address", "");
        }
        URI address = session.redirected(call, begun.uri(), location.get());
        String separator = address.getRawQuery() == null ? "?" : "&";
        return URI.create(address + separator + "digest=" + blob.digest());
    }
}
