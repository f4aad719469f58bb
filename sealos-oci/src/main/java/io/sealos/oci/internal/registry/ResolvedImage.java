package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import java.util.Map;

/**
 * What an image consists of for one platform: its manifests, the root first, and its blobs; each with its size; and
 * tags of what refers to it.
 */
record ResolvedImage(
        SaveRequest request,
        ImageSource source,
        Digest root,
        Map<Digest, Long> manifests,
        Map<Digest, Long> blobs,
        Map<String, Digest> tags) {
    /** The manifest for the platform: the last one that was resolved. */
    Digest manifest() {
        Digest manifest = root;
        for (Digest next : manifests.keySet()) {
            manifest = next;
        }
        return manifest;
    }
}
