package io.sealos.oci.internal.push;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.TransferListener;

/** Hears how the push of an image goes on, from several threads. */
public interface PushListener extends TransferListener {
    void started(Digest blob, long size, String host);

    void progressed(Digest blob, long sent, long size, String host);

    void finished(Digest blob, long size, String host);

    /** The repository had it, or took it from another one of its registry, which is empty otherwise. */
    void skipped(Digest blob, long size, String mountedFrom);

    void tagged(String tag, Digest root);
}
