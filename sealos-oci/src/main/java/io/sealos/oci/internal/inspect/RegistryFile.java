package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A file of a registry directory.
 *
 * @param size the number of bytes
 * @param link the digest in a link; empty for a blob
 * @param digest the digest of a blob; null if it was not computed
 * @param compressed whether a blob is compressed
 * @param document the manifest, index or configuration in a blob; null for others
 * @param unread whether the content is not there, so the media type in its manifest decides whether it is compressed
 */
record RegistryFile(
        long size,
        String link,
        @Nullable Digest digest,
        boolean compressed,
        @Nullable RegistryDocument document,
        boolean unread) {
    static RegistryFile link(String digest) {
        return new RegistryFile(digest.length(), digest, null, false, null, false);
    }

    /** {@return a compressed layer that is not in the directory} */
    static RegistryFile needed(long size, Digest digest) {
        return new RegistryFile(size, "", digest, true, null, false);
    }

    /** {@return a blob that was not fetched} */
    static RegistryFile unread(long size) {
        return new RegistryFile(size, "", null, false, null, true);
    }

    static RegistryFile blob(long size) {
        return new RegistryFile(size, "", null, false, null, false);
    }
}
