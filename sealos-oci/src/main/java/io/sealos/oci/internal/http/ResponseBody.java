package io.sealos.oci.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Receives the body of a response buffer by buffer. Unlike with an input stream, the waiting thread can react to an
 * interrupt and to a stalled transfer. Thread-safe.
 */
public final class ResponseBody implements BodySubscriber<ResponseBody> {
    /** The number of buffers of 16 KB that are requested ahead, so the connection does not wait for each. */
    private static final int AHEAD = 8;

    private static final long MOST_OVERHEAD = 1 << 20;

    private final CompletableFuture<ResponseBody> done = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final @Nullable BlobSink sink;
    private final long limit;
    private final TransferMonitor monitor;
    private @Nullable ContentDecoder decoder;
    private @Nullable IOException refusal;
    private @Nullable Subscription subscription;
    private boolean restartFirst;
    private long received;
    private long encoded;
    private volatile boolean cancelled;

    private ResponseBody(@Nullable BlobSink sink, long limit, TransferMonitor monitor) {
        this.sink = sink;
        this.limit = limit;
        this.monitor = monitor;
    }

    /** Keeps the decoded body in memory, up to a limit. */
    static ResponseBody inMemory(int limit, ResponseInfo info, TransferMonitor monitor) {
        return new ResponseBody(null, limit, monitor).decoded(info);
    }

    /** Keeps the body in memory, up to a limit; an unknown encoding is left as it is. */
    static ResponseBody ofAnswer(int limit, ResponseInfo info, TransferMonitor monitor) {
        ResponseBody body = inMemory(limit, info, monitor);
        body.refusal = null;
        return body;
    }

    /**
     * Writes the body into a sink, which is restarted if the server sends the whole blob instead of the missing rest.
     */
    public static ResponseBody into(BlobSink sink, boolean restart, long limit, TransferMonitor monitor) {
        ResponseBody body = new ResponseBody(sink, limit, monitor);
        body.restartFirst = restart;
        return body;
    }

    /** Refuses the body without reading it. */
    public static ResponseBody refused(IOException reason, TransferMonitor monitor) {
        ResponseBody body = new ResponseBody(null, 0, monitor);
        body.refusal = reason;
        return body;
    }

    /** Decodes the content encoding of the response. */
    public ResponseBody decoded(ResponseInfo info) {
        try {
            decoder = ContentDecoder.of(encoding(info)).orElse(null);
        } catch (ContentDecoder.UnknownEncodingException e) {
            refusal = e;
        }
        return this;
    }

    public static String encoding(ResponseInfo info) {
        return info.headers().firstValue("Content-Encoding").orElse("");
    }

    public byte[] bytes() {
        return kept.toByteArray();
    }

    /** Cancels the body. No byte is written after this call. */
    synchronized void cancel() {
        cancelled = true;
        if (subscription != null) {
            subscription.cancel();
        }
        done.cancel(false);
        release();
    }

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return done;
    }

    @Override
    public synchronized void onSubscribe(Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else if (refusal != null) {
            fail(given, refusal);
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        if (cancelled || subscription == null) {
            return;
        }
        try {
            for (ByteBuffer buffer : buffers) {
                monitor.moved(buffer.remaining());
                decode(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            fail(subscription, e);
        }
    }

    private void fail(Subscription given, IOException reason) {
        cancelled = true;
        given.cancel();
        done.completeExceptionally(reason);
        release();
    }

    private void decode(ByteBuffer buffer) throws IOException {
        if (decoder == null) {
            take(buffer);
            return;
        }
        encoded += buffer.remaining();
        if (encoded > limit + MOST_OVERHEAD) {
            throw new OversizeException(limit);
        }
        decoder.decode(buffer, this::take);
    }

    private void take(ByteBuffer buffer) throws IOException {
        received += buffer.remaining();
        if (received > limit) {
            throw new OversizeException(limit);
        }
        if (sink == null) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            kept.write(bytes);
        } else {
            writeTo(sink, buffer);
        }
    }

    private void writeTo(BlobSink sink, ByteBuffer buffer) throws IOException {
        try {
            if (restartFirst) {
                restartFirst = false;
                sink.restart();
            }
            sink.write(buffer);
        } catch (IOException e) {
            throw new LocalException("cannot be stored", e);
        }
    }

    @Override
    public synchronized void onError(Throwable error) {
        done.completeExceptionally(error);
        release();
    }

    @Override
    public synchronized void onComplete() {
        if (decoder == null || decoder.isWhole()) {
            done.complete(this);
        } else {
            done.completeExceptionally(new EOFException("the encoded answer is cut off"));
        }
        release();
    }

    private void release() {
        if (decoder != null) {
            decoder.close();
        }
    }

    /** Thrown when a response has more bytes than announced or allowed. A retry does not help. */
    public static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1L;

        OversizeException(long limit) {
            super("the answer is larger than " + limit + " bytes");
        }
    }

    /** Thrown when the local disk fails, as opposed to the network. A retry does not help. */
    public static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        public LocalException(String problem, IOException cause) {
            super(problem + ": " + cause.getMessage(), cause);
        }
    }
}
