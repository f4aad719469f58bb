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
 * The body of an answer, taken buffer by buffer as it arrives. Unlike an input stream it leaves the waiting thread free
 * to notice an interrupt and a stall.
 */
public final class ResponseBody implements BodySubscriber<ResponseBody> {
    /** Pieces of 16 KB that may be read before they are taken, so that the connection need not wait for each. */
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

    /** Kept in memory, up to a limit, with no encoding left. */
    static ResponseBody inMemory(int limit, ResponseInfo info, TransferMonitor monitor) {
        return new ResponseBody(null, limit, monitor).decoded(info);
    }

    /** Kept in memory, up to a limit, for what it says beside the status; it may be in an encoding that is unknown. */
    static ResponseBody ofAnswer(int limit, ResponseInfo info, TransferMonitor monitor) {
        ResponseBody body = inMemory(limit, info, monitor);
        body.refusal = null;
        return body;
    }

    /** Into the sink, which begins anew when the server sends the whole blob instead of the missing rest. */
    public static ResponseBody into(BlobSink sink, boolean restart, long limit, TransferMonitor monitor) {
        ResponseBody body = new ResponseBody(sink, limit, monitor);
        body.restartFirst = restart;
        return body;
    }

    /** Not read at all. */
    public static ResponseBody refused(IOException reason, TransferMonitor monitor) {
        ResponseBody body = new ResponseBody(null, 0, monitor);
        body.refusal = reason;
        return body;
    }

    /** Takes back the encoding that the answer has. */
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

    /** After this no byte is written any more. */
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

    /** More bytes than were announced or are allowed: no retry makes them fewer. */
    public static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1L;

        OversizeException(long limit) {
            super("the answer is larger than " + limit + " bytes");
        }
    }

    /** The own disk failed, not the network: no retry helps. */
    public static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        public LocalException(String problem, IOException cause) {
            super(problem + ": " + cause.getMessage(), cause);
        }
    }
}
