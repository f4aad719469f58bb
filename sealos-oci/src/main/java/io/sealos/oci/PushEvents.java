package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.push.PushListener;
import java.time.Duration;

/** What happens while an image is pushed, as events for the listener of the build. */
final class PushEvents implements PushListener {
    private final ImageReference image;
    private final BuildListener listener;

    PushEvents(ImageReference image, BuildListener listener) {
        this.image = image;
        this.listener = listener;
    }

    @Override
    public void started(Digest blob, long size, String host) {
        listener.onEvent(new BuildEvent.UploadStarted(image, blob, size, host));
    }

    @Override
    public void progressed(Digest blob, long sent, long size, String host) {
        listener.onEvent(new BuildEvent.UploadProgressed(image, blob, sent, size, host));
    }

    @Override
    public void finished(Digest blob, long size, String host) {
        listener.onEvent(new BuildEvent.UploadFinished(image, blob, size, host));
    }

    @Override
    public void skipped(Digest blob, long size, String mountedFrom) {
        listener.onEvent(new BuildEvent.UploadSkipped(image, blob, size, mountedFrom));
    }

    @Override
    public void tagged(String tag, Digest root) {
        listener.onEvent(new BuildEvent.TagPushed(ImageReference.parse(image.name() + ":" + tag), root));
    }

    @Override
    public void retrying(RemoteImage remote, String host, String reason, Duration pause) {
        listener.onEvent(new BuildEvent.RequestRetried(image, host, reason, pause));
    }
}
