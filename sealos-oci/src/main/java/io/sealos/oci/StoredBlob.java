package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import java.time.Instant;

/**
 * A blob in a {@link BlobStore}: a layer, a configuration or a manifest. Immutable and thread-safe.
 *
 * @param digest the digest of the blob
 * @param size the size of the blob, in bytes
 * @param lastUsed the last time when a build stored the blob or found it in the store
 * @since 0.1.0
 */
public record StoredBlob(Digest digest, long size, Instant lastUsed) {
    /** {@return the digest, the size and the time of the last use} */
    @Override
    public String toString() {
        return digest + ", " + Count.of(size, "byte") + ", used " + lastUsed;
    }
}
