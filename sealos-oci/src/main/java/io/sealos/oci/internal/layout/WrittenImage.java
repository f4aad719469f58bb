package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.oci.internal.delta.DeltaSizes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A written image.
 *
 * @param root the manifest or index that tags point to
 * @param manifests the manifest of each platform
 * @param deltas the sizes of a delta image for each platform; empty for a full image
 */
public record WrittenImage(Descriptor root, List<WrittenManifest> manifests, List<DeltaSizes> deltas) {
    public WrittenImage {
        manifests = List.copyOf(manifests);
        deltas = List.copyOf(deltas);
    }

    public WrittenImage(Descriptor root, List<WrittenManifest> manifests) {
        this(root, manifests, List.of());
    }

    /** {@return the size of the index, manifests, configurations and layers in bytes, each counted once} */
    public long size() {
        Map<Digest, Long> sizes = new HashMap<>();
        sizes.put(root.digest(), root.size());
        for (WrittenManifest manifest : manifests) {
            sizes.put(manifest.digest(), manifest.size());
            sizes.put(manifest.configDigest(), manifest.configSize());
            manifest.layers()
                    .forEach(layer -> sizes.put(layer.digest(), layer.layer().size()));
        }
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
