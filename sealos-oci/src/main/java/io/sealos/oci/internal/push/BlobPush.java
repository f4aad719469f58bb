package io.sealos.oci.internal.push;

import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.PushClient;
import java.time.Duration;

/** Reports the upload of one blob as events, at most five times a second. */
final class BlobPush implements PushClient.ProgressListener {
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final OutgoingBlob blob;
    private final ImageReference image;
    private final BuildListener listener;
    private long told = System.nanoTime();

    BlobPush(OutgoingBlob blob, ImageReference image, BuildListener listener) {
        this.blob = blob;
        this.image = image;
        this.listener = listener;
    }

    @Override
    public void started(String host) {
        listener.onEvent(new BuildEvent.UploadStarted(image, blob.digest(), blob.size(), host));
    }

    @Override
    public synchronized void progressed(long sent, String host) {
        long now = System.nanoTime();
        if (now - told > PAUSE) {
            told = now;
            listener.onEvent(new BuildEvent.UploadProgressed(image, blob.digest(), sent, blob.size(), host));
        }
    }
}
