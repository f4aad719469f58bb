package io.sealos.oci.internal.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** A request body that reports every buffer that the connection takes, and can be cancelled. Thread-safe. */
final class ProgressBodyPublisher implements BodyPublisher {
    private final BodyPublisher body;
    private final TransferMonitor monitor;
    private @Nullable Subscription subscription;
    private boolean cancelled;

    ProgressBodyPublisher(BodyPublisher body, TransferMonitor monitor) {
        this.body = body;
        this.monitor = monitor;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> connection) {
        body.subscribe(new ProgressSubscriber(connection));
    }

    /** Cancels the body. No byte of it is read after this call. */
    synchronized void cancel() {
        cancelled = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private synchronized void begin(Subscription given) {
        subscription = given;
        if (cancelled) {
            given.cancel();
        }
    }

    private final class ProgressSubscriber implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> connection;

        private ProgressSubscriber(Subscriber<? super ByteBuffer> connection) {
            this.connection = connection;
        }

        @Override
        public void onSubscribe(Subscription given) {
            begin(given);
            monitor.begin();
            connection.onSubscribe(given);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            monitor.moved(bytes.remaining());
            connection.onNext(bytes);
        }

        @Override
        public void onError(Throwable error) {
            connection.onError(error);
        }

        @Override
        public void onComplete() {
            monitor.end();
            connection.onComplete();
        }
    }
}
