package io.sealos.oci.internal.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
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
final class Body implements BodySubscriber<Body> {
    /** Pieces of 16 KB that may be read before they are taken, so that the connection need not wait for each. */
    private static final int AHEAD = 8;

    private final CompletableFuture<Body> done = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final @Nullable Sink sink;
    private final long limit;
    private final Runnable onBytes;
    private @Nullable Subscription subscription;
    private boolean restartFirst;
    private long received;
    private volatile boolean cancelled;

    private Body(@Nullable Sink sink, long limit, Runnable onBytes) {
        this.sink = sink;
        this.limit = limit;
        this.onBytes = onBytes;
    }

    /** Kept in memory, up to a limit. */
    static Body inMemory(int limit, Runnable onBytes) {
        return new Body(null, limit, onBytes);
    }

    /** Into the sink, which begins anew when the server sends the whole blob instead of the missing rest. */
    static Body into(Sink sink, boolean restart, long limit, Runnable onBytes) {
        Body body = new Body(sink, limit, onBytes);
        body.restartFirst = restart;
        return body;
    }

    byte[] bytes() {
        return kept.toByteArray();
    }

    /** After this no byte is written any more. */
    synchronized void cancel() {
        cancelled = true;
        if (subscription != null) {
            subscription.cancel();
        }
        done.cancel(false);
    }

    @Override
    public CompletionStage<Body> getBody() {
        return done;
    }

    @Override
    public synchronized void onSubscribe(Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        if (cancelled || subscription == null) {
            return;
        }
        onBytes.run();
        try {
            for (ByteBuffer buffer : buffers) {
                take(buffer);
            }
            subscription.request(1);
        } catch (IOException e) {
            cancelled = true;
            subscription.cancel();
            done.completeExceptionally(e);
        }
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

    private void writeTo(Sink sink, ByteBuffer buffer) throws IOException {
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
    public void onError(Throwable error) {
        done.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        done.complete(this);
    }

    /** More bytes than were announced or are allowed: no retry makes them fewer. */
    static final class OversizeException extends IOException {
        private static final long serialVersionUID = 1L;

        OversizeException(long limit) {
            super("the answer is larger than " + limit + " bytes");
        }
    }

    /** The own disk failed, not the network: no retry helps. */
    static final class LocalException extends IOException {
        private static final long serialVersionUID = 1L;

        LocalException(String problem, IOException cause) {
            super(problem + ": " + cause.getMessage(), cause);
        }
    }
}
