package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import io.sealos.oci.internal.http.FileBodyPublisher;
import io.sealos.oci.internal.http.HostNames;
import io.sealos.oci.internal.http.HttpExchanger;
import io.sealos.oci.internal.http.ResponseBody;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Uploads one blob. A first request asks the registry whether it has the blob, which also obtains the authorization
 * before any bytes are sent. An interrupted upload starts over with this request.
 */
final class BlobUpload {
    private static final int ANSWER_LIMIT = 1 << 20;
    private static final int BEGUN = 202;
    private static final int MOUNTED = 201;
    private static final int STORED = 201;

    private final RegistrySession session;
    private final RegistryRequest call;
    private final OutgoingBlob blob;
    private final Optional<String> mountFrom;
    private final Consumer<String> onRefusedMount;
    private final PushClient.ProgressListener listener;
    private boolean mountTried;
    private UploadOutcome outcome = UploadOutcome.SENT;

    /**
     * Creates an upload.
     *
     * @param mountFrom another repository of the registry that has the blob
     * @param onRefusedMount called with that repository if reading it is not permitted
     */
    BlobUpload(
            RegistrySession session,
            RegistryRequest call,
            OutgoingBlob blob,
            Optional<String> mountFrom,
            Consumer<String> onRefusedMount,
            PushClient.ProgressListener listener) {
        this.session = session;
        this.call = call;
        this.blob = blob;
        this.mountFrom = mountFrom;
        this.onRefusedMount = onRefusedMount;
        this.listener = listener;
    }

    UploadOutcome run() throws TransferException, InterruptedException {
        HttpResponse<ResponseBody> reply = session.attempt(call, this::attempt);
        compare(call, reply, blob.digest());
        return outcome;
    }

    static HttpExchanger.Target shortAnswer() {
        return HttpExchanger.Target.answer(ANSWER_LIMIT);
    }

    /** Checks that the digest in the response, if there is one, is that of the bytes that were sent. */
    static void compare(RegistryRequest call, HttpResponse<ResponseBody> reply, Digest sent) throws TransferException {
        String stored = reply.headers().firstValue("Docker-Content-Digest").orElse("");
        if (namesAnother(stored, sent)) {
            String host = call.endpoint().host();
            throw Failures.refused(
                    call.image(),
                    call.uri(),
                    host + " says that it has " + stored + " instead of " + sent,
                    "the registry or a proxy before it changes content");
        }
    }

    private HttpResponse<ResponseBody> attempt() throws IOException, InterruptedException {
        HttpResponse<ResponseBody> known = ask();
        if (isBlob(known)) {
            outcome = UploadOutcome.PRESENT;
            return known;
        }
        if (Retries.mayPass(known)) {
            return known;
        }
        Optional<HttpResponse<ResponseBody>> mounted = mount();
        if (mounted.isPresent() && isMounted(mounted.get())) {
            outcome = UploadOutcome.MOUNTED;
            return mounted.get();
        }
        Optional<HttpResponse<ResponseBody>> sent =
                mounted.isPresent() ? putWhereMountBegan(mounted.get()) : Optional.empty();
        return sent.isPresent() ? sent.get() : upload();
    }

    private HttpResponse<ResponseBody> upload() throws IOException, InterruptedException {
        HttpResponse<ResponseBody> begun = post(call.at("/blobs/uploads/"));
        return begun.statusCode() == BEGUN ? put(address(begun)) : notBegun(begun);
    }

    private HttpResponse<ResponseBody> ask() throws IOException, InterruptedException {
        return session.send(call, HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()), shortAnswer());
    }

    /** Returns whether a response is about the blob. Login pages and some proxies respond with 200 to every request. */
    private boolean isBlob(HttpResponse<ResponseBody> known) {
        String type = known.headers().firstValue("Content-Type").orElse("");
        String digest = known.headers().firstValue("Docker-Content-Digest").orElse("");
        String length = known.headers().firstValue("Content-Length").orElse("");
        return known.statusCode() == 200
                && !type.startsWith("text/html")
                && !namesAnother(digest, blob.digest())
                && (length.equals(Long.toString(blob.size()))
                        || digest.equals(blob.digest().toString()));
    }

    private static boolean namesAnother(String digest, Digest wanted) {
        return digest.startsWith(wanted.algorithm() + ":") && !digest.equals(wanted.toString());
    }

    /**
     * Asks the registry once to mount the blob from another repository.
     *
     * @return the response if the blob was mounted (201) or an upload was started instead (202). It is empty otherwise,
     *     which is not a failure, since mounting only saves transfers
     */
    private Optional<HttpResponse<ResponseBody>> mount() throws InterruptedException {
        if (mountFrom.isEmpty() || mountTried) {
            return Optional.empty();
        }
        mountTried = true;
        String path = "/blobs/uploads/?mount=" + blob.digest() + "&from=" + mountFrom.get();
        try {
            HttpResponse<ResponseBody> reply = post(call.at(path).reading(mountFrom.get()));
            return Optional.of(reply).filter(good -> isMounted(good) || good.statusCode() == BEGUN);
        } catch (TransferException e) {
            onRefusedMount.accept(mountFrom.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isMounted(HttpResponse<ResponseBody> reply) {
        String digest = reply.headers().firstValue("Docker-Content-Digest").orElse("");
        return reply.statusCode() == MOUNTED && !namesAnother(digest, blob.digest()) && !Failures.isWebPage(reply);
    }

    /**
     * Uploads the blob to the address that a mount request returned, and returns the response; empty if the upload is
     * not accepted there.
     */
    private Optional<HttpResponse<ResponseBody>> putWhereMountBegan(HttpResponse<ResponseBody> begun)
            throws IOException, InterruptedException {
        URI address;
        try {
            address = address(begun);
        } catch (TransferException e) {
            return Optional.empty();
        }
        return Optional.of(put(address)).filter(reply -> reply.statusCode() / 100 == 2);
    }

    /**
     * Returns the response of a registry that did not start an upload, or throws an exception if it has an unexpected
     * success status.
     */
    private HttpResponse<ResponseBody> notBegun(HttpResponse<ResponseBody> reply) throws TransferException {
        if (reply.statusCode() / 100 != 2) {
            return reply;
        }
        if (Failures.isWebPage(reply)) {
            throw Failures.webPage(call, reply.uri(), "beginning an upload");
        }
        throw unexpected(call, reply, " to the beginning of an upload instead of " + BEGUN);
    }

    /** Returns the failure for a success status that the specification does not allow. */
    static TransferException unexpected(RegistryRequest call, HttpResponse<ResponseBody> reply, String problem) {
        String host = HostNames.of(reply.uri());
        return new TransferException(
                call.image().name(),
                host,
                reply.statusCode(),
                host + " answered " + reply.statusCode() + problem,
                "check the name of the registry, or ask who runs " + host);
    }

    private HttpResponse<ResponseBody> post(RegistryRequest begin) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.noBody());
        return session.send(begin, request, shortAnswer());
    }

    private HttpResponse<ResponseBody> put(URI address) throws IOException, InterruptedException {
        listener.started(call.endpoint().host());
        FileBodyPublisher body = new FileBodyPublisher(blob.file(), blob.size(), listener::progressed);
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/octet-stream")
                .PUT(body);
        HttpResponse<ResponseBody> reply = session.send(call, address, request, shortAnswer());
        if (reply.statusCode() == 404) {
            throw new IOException("the upload that it began is not known any more");
        }
        return reply.statusCode() / 100 == 2 ? stored(reply) : reply;
    }

    /**
     * Returns the response if the blob is stored. Only the status 201 means that; after any other success status, the
     * registry is asked for the blob.
     */
    private HttpResponse<ResponseBody> stored(HttpResponse<ResponseBody> reply)
            throws IOException, InterruptedException {
        if (reply.statusCode() != STORED && !isBlob(ask())) {
            throw unexpected(call, reply, " to the bytes of a blob, but does not have it then");
        }
        return reply;
    }

    /** Returns the upload address from the response, with its query unchanged and the digest appended. */
    private URI address(HttpResponse<ResponseBody> begun) throws TransferException {
        Optional<String> location = begun.headers().firstValue("Location").filter(text -> !text.isBlank());
        if (location.isEmpty()) {
            String host = call.endpoint().host();
            throw Failures.refused(
                    call.image(), begun.uri(), host + " began an upload without an address", "ask who runs " + host);
        }
        URI address = session.redirected(call, begun.uri(), location.get());
        String query = address.getRawQuery();
        String separator = query == null ? "?" : query.isEmpty() || query.endsWith("&") ? "" : "&";
        return URI.create(address + separator + "digest=" + blob.digest());
    }
}
