package io.sealos.oci.internal.build.resources;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.layout.Severity;
import io.sealos.oci.BuildEvent;
import io.sealos.oci.BuildListener;
import io.sealos.oci.internal.source.SaveListener;
import io.sealos.oci.internal.source.SaveNotice;
import java.time.Duration;
import java.util.List;

/** Passes the progress of saving images on as events of the build. */
public final class SavingEvents implements SaveListener {
    private final BuildListener listener;

    SavingEvents(BuildListener listener) {
        this.listener = listener;
    }

    /** {@return the notices as events} */
    public static List<BuildEvent.SavingNoted> of(List<SaveNotice> notices) {
        return notices.stream().map(SavingEvents::of).toList();
    }

    private static BuildEvent.SavingNoted of(SaveNotice notice) {
        return new BuildEvent.SavingNoted(
                notice.reference(),
                notice.askedAt(),
                notice.isWarning() ? Severity.WARNING : Severity.INFO,
                notice.message(),
                notice.fix());
    }

    @Override
    public void resolved(ImageReference image, Digest root, String host) {
        listener.onEvent(new BuildEvent.ImageResolved(image, root, host));
    }

    @Override
    public void started(ImageReference image, Digest blob, long size, String host) {
        listener.onEvent(new BuildEvent.BlobStarted(image, blob, size, host));
    }

    @Override
    public void progressed(ImageReference image, Digest blob, long received, long size, String host) {
        listener.onEvent(new BuildEvent.BlobProgressed(image, blob, received, size, host));
    }

    @Override
    public void finished(ImageReference image, Digest blob, long size, String host) {
        listener.onEvent(new BuildEvent.BlobFinished(image, blob, size, host));
    }

    @Override
    public void reused(ImageReference image, Digest blob, long size) {
        listener.onEvent(new BuildEvent.BlobReused(image, blob, size));
    }

    @Override
    public void retrying(ImageReference image, String host, String reason, Duration pause) {
        listener.onEvent(new BuildEvent.RequestRetried(image, host, reason, pause));
    }
}
