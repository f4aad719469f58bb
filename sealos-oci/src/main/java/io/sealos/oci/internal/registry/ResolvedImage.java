package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import java.util.Map;

/** What an image consists of for one platform: its manifests, the root first, and its blobs; each with its size. */
record ResolvedImage(
        SaveRequest request, ImageSource source, Digest root, Map<Digest, Long> manifests, Map<Digest, Long> blobs) {
    /** The manifest for the platform: the last one that was resolved. */
    Digest manifest() {
        Digest manifest = root;
        for (Digest next : manifests.keySet()) {
            manifest = next;
        }
        return manifest;
    }
}
