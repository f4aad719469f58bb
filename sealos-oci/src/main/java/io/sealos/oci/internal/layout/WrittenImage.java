package io.sealos.oci.internal.layout;

import java.util.List;

/** A written image: the manifest or index that tags point to, and the manifest of each platform. */
public record WrittenImage(Descriptor root, List<WrittenManifest> manifests) {
    public WrittenImage {
        manifests = List.copyOf(manifests);
    }
}
