package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.registry.StoreContents;
import java.time.Instant;

/** A blob in a {@link BlobStore}: a layer, a configuration or a manifest. Immutable. */
public final class StoredBlob {
    private final StoreContents.Entry entry;

    StoredBlob(StoreContents.Entry entry) {
        this.entry = entry;
    }

    /** {@return its digest} */
    public Digest digest() {
        return entry.digest();
    }

    /** {@return its size in bytes} */
    public long size() {
        return entry.size();
    }

    /** {@return when a build has stored it, or found it there, the last time} */
    public Instant lastUsed() {
        return entry.lastUsed();
    }

    /** {@return digest, size and time} */
    @Override
    public String toString() {
        return digest() + ", " + size() + " bytes, used " + lastUsed();
    }
}
