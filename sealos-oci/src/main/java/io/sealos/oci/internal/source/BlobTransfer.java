package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.internal.http.BlobSink;
import io.sealos.oci.internal.store.BlobWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a blob from a registry into the store. */
final class BlobTransfer implements BlobSink {
    private final BlobWriter ingest;
    private final Digest digest;
    private final BlobListener listener;
    private String host = "";

    BlobTransfer(BlobWriter ingest, Digest digest, BlobListener listener) {
        this.ingest = ingest;
        this.digest = digest;
        this.listener = listener;
    }

    @Override
    public synchronized void asks(String asked) {
        if (!asked.equals(host)) {
            host = asked;
            listener.started(host);
        }
    }

    @Override
    public long written() {
        return ingest.written();
    }

    @Override
    public synchronized void write(ByteBuffer bytes) throws IOException {
        ingest.write(bytes);
        listener.received(ingest.written());
    }

    @Override
    public void restart() throws IOException {
        ingest.restart();
        listener.restarted();
    }

    @Override
    public Digest finish() throws IOException {
        return ingest.finish();
    }

    void commit() throws IOException {
        ingest.publish(digest);
        listener.finished();
    }
}
