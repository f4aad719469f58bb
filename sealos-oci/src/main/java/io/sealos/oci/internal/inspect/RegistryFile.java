package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A file of a registry directory.
 *
 * @param link the digest that a link names; empty for a blob
 * @param digest of a blob; null where it was not asked for
 * @param compressed whether a blob is
 * @param document what the blob is, if it is a manifest, an index or a configuration
 */
record RegistryFile(
        long size,
        String link,
        @Nullable Digest digest,
        boolean compressed,
        @Nullable RegistryDocument document) {
    static RegistryFile link(String digest) {
        return new RegistryFile(digest.length(), digest, null, false, null);
    }

    static RegistryFile blob(long size) {
        return new RegistryFile(size, "", null, false, null);
    }
}
