package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.http.BlobSink;
import io.sealos.oci.internal.store.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Writes a blob from a registry into the store, and reports progress several times a second. */
final class BlobTransfer implements BlobSink {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final BlobWriter ingest;
    private final ImageReference image;
    private final Digest digest;
    private final long size;
    private final BuildListener listener;
    private String host = "";
    private long told = System.nanoTime();

    BlobTransfer(BlobWriter ingest, ImageReference image, Digest digest, long size, BuildListener listener) {
        this.ingest = ingest;
        this.image = image;
        this.digest = digest;
        this.size = size;
        this.listener = listener;
    }

    @Override
    public synchronized void asks(String asked) {
        if (!asked.equals(host)) {
            host = asked;
            listener.onEvent(new BuildEvent.BlobStarted(image, digest, size, host));
        }
    }

    @Override
    public long written() {
        return ingest.written();
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        ingest.write(bytes);
        long now = System.nanoTime();
        if (now - told > PAUSE) {
            told = now;
            listener.onEvent(new BuildEvent.BlobProgressed(image, digest, ingest.written(), size, host));
        }
    }

    @Override
    public void restart() throws IOException {
        ingest.restart();
    }

    @Override
    public Digest finish() throws IOException {
        return ingest.finish();
    }

    synchronized void commit() throws IOException {
        ingest.publish(digest);
        listener.onEvent(new BuildEvent.BlobFinished(image, digest, size, host));
    }
}
