package io.sealos.oci.internal.transport;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of a request on its way out: every buffer that the connection takes is told, and it can be stopped. */
final class ProgressBodyPublisher {
    private final HttpRequest request;
    private final TransferMonitor pace;
    private @Nullable Subscription subscription;
    private boolean cancelled;

    ProgressBodyPublisher(HttpRequest request, TransferMonitor pace) {
        this.request = request;
        this.pace = pace;
    }

    /** The request to send instead. */
    HttpRequest request() {
        return request.bodyPublisher()
                .map(body -> HttpRequest.newBuilder(request, (name, value) -> true)
                        .method(request.method(), new Watched(body))
                        .build())
                .orElse(request);
    }

    /** After this no byte is read any more. */
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

    private final class Watched implements BodyPublisher {
        private final BodyPublisher body;

        private Watched(BodyPublisher body) {
            this.body = body;
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            body.subscribe(new Watcher(subscriber));
        }
    }

    private final class Watcher implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> connection;

        private Watcher(Subscriber<? super ByteBuffer> connection) {
            this.connection = connection;
        }

        @Override
        public void onSubscribe(Subscription given) {
            begin(given);
            pace.begin();
            connection.onSubscribe(given);
        }

        @Override
        public void onNext(ByteBuffer bytes) {
            pace.moved(bytes.remaining());
            connection.onNext(bytes);
        }

        @Override
        public void onError(Throwable error) {
            connection.onError(error);
        }

        @Override
        public void onComplete() {
            pace.end();
            connection.onComplete();
        }
    }
}
