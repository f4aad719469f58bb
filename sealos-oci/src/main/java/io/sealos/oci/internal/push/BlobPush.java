package io.sealos.oci.internal.push;

import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.internal.client.OutgoingBlob;
import io.sealos.oci.internal.client.PushClient;
import io.sealos.oci.internal.progress.ByteMeter;
import io.sealos.oci.internal.progress.Failures;
import io.sealos.oci.internal.work.Interruptions;

/**
 * Reports the upload of one blob as events, progress at most five times a second. Unless it was finished or skipped, it
 * counts as failed on close. Thread-safe.
 */
final class BlobPush implements PushClient.ProgressListener, AutoCloseable {
    private final OutgoingBlob blob;
    private final ImageReference image;
    private final BuildListener listener;
    private final ByteMeter meter;
    private volatile String host = "";
    private String failure = "it was stopped by an error";
    private boolean cancelled;
    private boolean ended;

    BlobPush(OutgoingBlob blob, ImageReference image, BuildListener listener) {
        this.blob = blob;
        this.image = image;
        this.listener = listener;
        this.meter = new ByteMeter(blob.size(), this::progressed);
    }

    @Override
    public void started(String to) {
        meter.restart();
        host = to;
        listener.onEvent(new BuildEvent.UploadStarted(image, blob.digest(), blob.size(), to));
    }

    @Override
    public void progressed(long sent) {
        meter.at(sent);
    }

    private void progressed(long sent, long added) {
        listener.onEvent(new BuildEvent.UploadProgressed(image, blob.digest(), sent, blob.size(), host, added));
    }

    /** Reports that the blob was sent. */
    void finished(String to) {
        ended = true;
        listener.onEvent(new BuildEvent.UploadFinished(image, blob.digest(), blob.size(), to, meter.finish()));
    }

    /** Reports that the registry has the blob, from another repository if one is given. */
    void skipped(String mountedFrom) {
        ended = true;
        meter.discard();
        listener.onEvent(new BuildEvent.UploadSkipped(image, blob.digest(), blob.size(), mountedFrom));
    }

    /** Sets the reason that the event of a failure has. After an interruption, the blob counts as cancelled instead. */
    void failedWith(Exception cause) {
        cancelled = Interruptions.isInterruption(cause);
        failure = Failures.reason(cause);
    }

    @Override
    public void close() {
        if (!ended) {
            long added = meter.fail();
            listener.onEvent(
                    cancelled
                            ? new BuildEvent.BlobCancelled(BuildPhase.PUSH, image, blob.digest(), blob.size(), added)
                            : new BuildEvent.BlobFailed(
                                    BuildPhase.PUSH, image, blob.digest(), blob.size(), failure, added));
        }
    }
}
