package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import java.time.Duration;

/** Listens to the progress of saving images; called from several threads. */
public interface SaveListener {
    /** Called when the digest of an image is known. The host is empty if no network was needed. */
    void resolved(ImageReference image, Digest root, String host);

    void started(ImageReference image, Digest blob, long size, String host);

    void progressed(ImageReference image, Digest blob, long received, long size, String host);

    void finished(ImageReference image, Digest blob, long size, String host);

    void reused(ImageReference image, Digest blob, long size);

    void retrying(ImageReference image, String host, String reason, Duration pause);
}
