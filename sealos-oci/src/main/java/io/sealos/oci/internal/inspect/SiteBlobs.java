package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import java.util.Optional;

/**
 * The blobs that the registry of a site has, because a base was loaded there.
 *
 * @param name the name of the base for messages; empty if it has none
 * @param digest the digest of the manifest of the base, or of the text of the inventory
 * @param platform the platform of the base; empty if the inventory is valid for all platforms
 * @param inventory the blobs
 */
public record SiteBlobs(String name, Digest digest, Optional<Platform> platform, BlobInventory inventory) {
    /** {@return whether a site with nodes of a platform has the blobs} */
    public boolean isFor(Platform wanted) {
        return platform.map(wanted::equals).orElse(true);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? digest.toString() : name + " " + digest;
    }
}
