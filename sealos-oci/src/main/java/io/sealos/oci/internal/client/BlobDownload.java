package io.sealos.oci.internal.client;

import io.sealos.images.Digest;
import io.sealos.oci.internal.http.BlobSink;
import io.sealos.oci.internal.http.ResponseBody;
import io.sealos.oci.internal.http.TransferMonitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Set;

/** Downloads one blob into a sink. An interrupted transfer is resumed if the server supports ranges. */
final class BlobDownload implements Retries.Attempt {
    /** Client errors that do not mean that the range was refused. */
    private static final Set<Integer> OTHER_REFUSALS = Set.of(401, 403, 404, 407, 408, 429);

    private static final long ENOUGH = 1 << 20;
    private static final int MOST_PARTS = 16;

    private final RegistrySession session;
    private final RegistryRequest call;
    private final Digest digest;
    private final long size;
    private final BlobSink sink;
    private final long goodPart;
    private boolean webPage;
    private boolean resumed;
    private long furthest;
    private boolean movedOn;

    BlobDownload(RegistrySession session, RegistryRequest call, Digest digest, long size, BlobSink sink) {
        this.session = session;
        this.call = call;
        this.digest = digest;
        this.size = size;
        this.sink = sink;
        this.goodPart = Math.max(1, Math.min(ENOUGH, size / MOST_PARTS));
    }

    /**
     * Downloads the blob.
     *
     * @return the digest of the content of the sink, which is the one that was requested
     * @throws TransferException if the download fails, or the content has another digest
     */
    Digest run() throws TransferException, InterruptedException {
        HttpResponse<ResponseBody> reply = all();
        Digest actual = stored(sink::finish);
        if (resumed && !actual.equals(digest)) {
            // The resumed part may belong to other content.
            reply = all();
            actual = stored(sink::finish);
        }
        if (webPage && !actual.equals(digest)) {
            throw webPage(reply.uri());
        }
        RegistryClient.compare(call, reply, actual, digest.toString());
        return actual;
    }

    /**
     * Downloads the blob from its beginning. Bytes from another address are discarded, because they may be of other
     * content.
     */
    private HttpResponse<ResponseBody> all() throws TransferException, InterruptedException {
        restart();
        return session.attempt(call, this);
    }

    @Override
    public HttpResponse<ResponseBody> send() throws IOException, InterruptedException {
        try {
            return attempt();
        } finally {
            movedOn = sink.written() >= furthest + goodPart;
            furthest = Math.max(furthest, sink.written());
        }
    }

    @Override
    public boolean hasMovedOn() {
        return movedOn;
    }

    private HttpResponse<ResponseBody> attempt() throws IOException, InterruptedException {
        sink.asks(call.endpoint().host());
        HttpResponse<ResponseBody> reply;
        try {
            reply = rest();
        } catch (BrokenExchangeException e) {
            throw webPage && e.reason() instanceof ResponseBody.OversizeException ? webPage(e.address()) : e;
        }
        if (reply.statusCode() / 100 == 2 && sink.written() < size) {
            if (webPage) {
                throw webPage(reply.uri());
            }
            throw new IOException("the body ended after " + sink.written() + " of " + size + " bytes");
        }
        return reply;
    }

    private TransferException webPage(URI address) {
        return Failures.webPage(call, address, "the blob " + digest);
    }

    /** Requests the missing bytes or, if the server does not send them, the whole blob. */
    private HttpResponse<ResponseBody> rest() throws IOException, InterruptedException {
        if (sink.written() == 0) {
            return get();
        }
        resumed = true;
        try {
            HttpResponse<ResponseBody> reply = get();
            if (!refusesRange(reply.statusCode())) {
                return reply;
            }
        } catch (BrokenExchangeException e) {
            if (!(e.reason() instanceof OtherRangeException)) {
                throw e;
            }
        }
        restart();
        return get();
    }

    private static boolean refusesRange(int status) {
        return (status / 100 == 4 && !OTHER_REFUSALS.contains(status)) || status == 501;
    }

    private HttpResponse<ResponseBody> get() throws IOException, InterruptedException {
        long written = sink.written();
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (written > 0) {
            request.header("Range", "bytes=" + written + "-");
        }
        return session.send(call, request, (info, monitor) -> body(info, written, monitor));
    }

    private ResponseBody body(ResponseInfo info, long written, TransferMonitor monitor) {
        webPage = info.headers().firstValue("Content-Type").orElse("").startsWith("text/html");
        boolean encoded = isEncoded(info, size) && isEncoded(info, size - written);
        if (written > 0 && info.statusCode() == 206) {
            // A range of encoded content would consist of other bytes.
            return encoded || !continuesAt(info, written)
                    ? ResponseBody.refused(new OtherRangeException(), monitor)
                    : ResponseBody.into(sink, false, size - written, monitor);
        }
        ResponseBody body = ResponseBody.into(sink, written > 0, size, monitor);
        return encoded ? body.decoded(info) : body;
    }

    /** Returns whether the body is encoded. A server may label a compressed blob as encoded and send it as it is. */
    private static boolean isEncoded(ResponseInfo info, long size) {
        String length = info.headers().firstValue("Content-Length").orElse("");
        return !ResponseBody.encoding(info).isBlank() && !length.equals(Long.toString(size));
    }

    private static boolean continuesAt(ResponseInfo info, long written) {
        String range = info.headers().firstValue("Content-Range").orElse("");
        return range.startsWith("bytes " + written + "-");
    }

    private void restart() throws TransferException {
        stored(() -> {
            sink.restart();
            return sink;
        });
    }

    /** Executes local work, whose failure is not caused by the registry. */
    private <T> T stored(Local<T> work) throws TransferException {
        try {
            return work.run();
        } catch (IOException e) {
            throw Failures.broken(call, new ResponseBody.LocalException("cannot be stored", e));
        }
    }

    private interface Local<T> {
        T run() throws IOException;
    }

    /** Thrown when a response contains another range than was requested. */
    private static final class OtherRangeException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
