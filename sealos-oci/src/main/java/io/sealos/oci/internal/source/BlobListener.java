package io.sealos.oci.internal.source;

/** Listens to the fetch of one blob. Thread-safe. */
public interface BlobListener {
    /**
     * Called when the wait for another build begins that fetches the blob into the same store, and then a few times a
     * second, with the number of bytes that the other build has written.
     */
    void awaited(long bytes);

    /** Called before the first byte from a host, which is empty for files. */
    void started(String host);

    /** Called with the number of bytes so far. */
    void received(long bytes);

    /** Called when the bytes so far are discarded. */
    void restarted();

    /** Called when the blob is in the store. */
    void finished();

    /** Called if the store has the blob already. */
    void reused();
}
