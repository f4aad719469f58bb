package io.sealos.oci.internal.http;

import io.sealos.internal.files.PlacedException;
import io.sealos.internal.text.Count;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a file as a request body, on demand of the connection. Unlike the publisher of the JDK, it closes the file
 * when the request is cancelled.
 */
public final class FileBodyPublisher implements BodyPublisher {
    private static final int BUFFER = 1 << 18;

    private final Path file;
    private final long size;
    private final LongConsumer onSent;

    /**
     * Creates a publisher.
     *
     * @param onSent called with the number of bytes sent so far, after each buffer
     */
    public FileBodyPublisher(Path file, long size, LongConsumer onSent) {
        this.file = file;
        this.size = size;
        this.onSent = onSent;
    }

    @Override
    public long contentLength() {
        return size;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** One subscription. Reads the file on one thread at a time. */
    private final class Reading implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        private @Nullable InputStream content;
        private long sent;
        private boolean ended;

        private Reading(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        /** Sends the requested number of buffers. A call during another call leaves the work to the other one. */
        @Override
        public void request(long count) {
            if (wanted.getAndAccumulate(count, Reading::sum) > 0) {
                return;
            }
            boolean more;
            do {
                more = sendNext();
            } while (more && wanted.decrementAndGet() > 0);
        }

        private static long sum(long one, long other) {
            return one + Math.min(other, Long.MAX_VALUE - one);
        }

        @Override
        public synchronized void cancel() {
            ended = true;
            close();
        }

        /** Sends the next buffer, and returns whether there are more. */
        private boolean sendNext() {
            try {
                byte[] bytes = read();
                if (bytes.length > 0) {
                    onSent.accept(sent);
                    subscriber.onNext(ByteBuffer.wrap(bytes));
                }
                return !isOver() || complete();
            } catch (IOException e) {
                cancel();
                subscriber.onError(new ResponseBody.LocalException("cannot be read", e));
                return false;
            }
        }

        private synchronized byte[] read() throws IOException {
            if (ended) {
                return new byte[0];
            }
            if (content == null) {
                content = Files.newInputStream(file);
            }
            byte[] bytes = new byte[(int) Math.min(BUFFER, size - sent)];
            int count = content.readNBytes(bytes, 0, bytes.length);
            sent += count;
            if (count < bytes.length) {
                throw PlacedException.at(file, " has " + Count.of(sent, "byte") + " instead of " + size);
            }
            return bytes;
        }

        private synchronized boolean isOver() {
            return ended || sent == size;
        }

        private boolean complete() {
            boolean whole;
            synchronized (this) {
                whole = !ended;
            }
            cancel();
            if (whole) {
                subscriber.onComplete();
            }
            return false;
        }

        private void close() {
            try {
                if (content != null) {
                    content.close();
                }
            } catch (IOException e) {
                // The file was only read, so no data can be lost.
                content = null;
            }
        }
    }
}
