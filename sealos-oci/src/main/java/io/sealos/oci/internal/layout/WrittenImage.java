package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A written image: the manifest or index that tags point to, and the manifest of each platform. */
public record WrittenImage(Descriptor root, List<WrittenManifest> manifests) {
    public WrittenImage {
        manifests = List.copyOf(manifests);
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
