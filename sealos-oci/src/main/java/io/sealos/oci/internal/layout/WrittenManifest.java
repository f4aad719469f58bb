package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerBlob;
import java.util.List;

/** The manifest of one platform, with its configuration and its layers, the lowest first. */
public record WrittenManifest(
        Platform platform, Digest digest, long size, Digest configDigest, long configSize, List<LayerBlob> layers) {
    public WrittenManifest {
        layers = List.copyOf(layers);
    }
}
