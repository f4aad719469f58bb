package io.sealos.oci.internal.push;

import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.PushClient;
import java.time.Duration;

/** Tells how one blob goes out, several times a second. */
final class BlobPush implements PushClient.ProgressListener {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final OutgoingBlob blob;
    private final PushListener listener;
    private long told = System.nanoTime();

    BlobPush(OutgoingBlob blob, PushListener listener) {
        this.blob = blob;
        this.listener = listener;
    }

    @Override
    public void started(String host) {
        listener.started(blob.digest(), blob.size(), host);
    }

    @Override
    public synchronized void progressed(long sent, String host) {
        long now = System.nanoTime();
        if (now - told > PAUSE) {
            told = now;
            listener.progressed(blob.digest(), sent, blob.size(), host);
        }
    }
}
