package io.sealos.oci;

import io.sealos.images.Digest;
import java.time.Instant;

/**
 * A blob in a {@link BlobStore}: a layer, a configuration or a manifest.
 *
 * @param digest the digest of the blob
 * @param size the number of its bytes
 * @param lastUsed the last time that a build stored it, or read it from the store
 */
public record StoredBlob(Digest digest, long size, Instant lastUsed) {
    /** {@return the digest, the size and the time} */
    @Override
    public String toString() {
        return digest + ", " + size + " bytes, used " + lastUsed;
    }
}
