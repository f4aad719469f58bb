package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.BuildPhase;
import io.sealos.oci.PhaseEvent;
import io.sealos.oci.internal.progress.ByteMeter;
import io.sealos.oci.internal.progress.Failures;
import io.sealos.oci.internal.work.Interruptions;

/**
 * Reports the fetch of one blob as events, progress at most five times a second. The blob may be fetched through
 * several images in turn. Unless it was finished or reused, it counts as failed on close. Thread-safe.
 */
public final class BlobEvents implements BlobListener, AutoCloseable {
    private final BuildListener listener;
    private final BuildPhase phase;
    private final Digest digest;
    private final long size;
    private final ByteMeter meter;
    private volatile ImageReference image;
    private volatile String host = "";
    private String failure = "it was stopped by an error";
    private boolean awaiting;
    private boolean cancelled;
    private boolean ended;

    /** Creates events for a blob, and the first image through which it is fetched. */
    public BlobEvents(BuildListener listener, BuildPhase phase, ImageReference image, Digest digest, long size) {
        this.listener = listener;
        this.phase = phase;
        this.image = image;
        this.digest = digest;
        this.size = size;
        this.meter = new ByteMeter(size, this::progressed);
    }

    /** Sets the image through which the blob is fetched. What was received through another image is discarded. */
    public synchronized void of(ImageReference next) {
        meter.restart();
        image = next;
        host = "";
    }

    /** Sets the reason that the event of a failure has. After an interruption, the blob counts as cancelled instead. */
    public synchronized void failedWith(Exception cause) {
        cancelled = Interruptions.isInterruption(cause);
        failure = Failures.reason(cause);
    }

    @Override
    public synchronized void awaited(long bytes) {
        if (!awaiting) {
            awaiting = true;
            listener.onEvent(new PhaseEvent.BlobAwaited(phase, image, digest, size));
        }
        meter.at(bytes);
    }

    @Override
    public synchronized void started(String from) {
        host = from;
        listener.onEvent(new BuildEvent.BlobStarted(phase, image, digest, size, host));
    }

    @Override
    public void received(long bytes) {
        meter.at(bytes);
    }

    @Override
    public void restarted() {
        meter.restart();
    }

    @Override
    public synchronized void finished() {
        if (!ended) {
            ended = true;
            listener.onEvent(new BuildEvent.BlobFinished(phase, image, digest, size, host, meter.finish()));
        }
    }

    @Override
    public synchronized void reused() {
        if (!ended) {
            ended = true;
            listener.onEvent(new BuildEvent.BlobReused(phase, image, digest, size, meter.finish()));
        }
    }

    private void progressed(long received, long added) {
        listener.onEvent(new BuildEvent.BlobProgressed(phase, image, digest, received, size, host, added));
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            long added = meter.fail();
            listener.onEvent(
                    cancelled
                            ? new BuildEvent.BlobCancelled(phase, image, digest, size, added)
                            : new BuildEvent.BlobFailed(phase, image, digest, size, failure, added));
        }
    }
}
