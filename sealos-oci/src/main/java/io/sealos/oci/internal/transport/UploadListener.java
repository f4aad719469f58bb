package io.sealos.oci.internal.transport;

/** Hears how one blob goes to a registry. */
public interface UploadListener {
    /** Its bytes are sent from the beginning, for the first time or again. */
    void started(String host);

    /** So many of them are on their way. */
    void progressed(long sent, String host);
}
