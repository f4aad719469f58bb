package io.sealos.oci.internal.layout;

import io.sealos.images.Digest;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layer.LayerBlob;
import java.util.List;
import java.util.SortedMap;

/**
 * The manifest of one platform, with its configuration and its layers, the lowest first.
 *
 * @param annotations the annotations of the descriptor in an index of several platforms
 */
public record WrittenManifest(
        Platform platform,
        Descriptor manifest,
        Descriptor config,
        List<LayerBlob> layers,
        SortedMap<String, String> annotations) {
    public WrittenManifest {
        layers = List.copyOf(layers);
    }

    public Digest digest() {
        return manifest.digest();
    }

    long size() {
        return manifest.size();
    }

    public Digest configDigest() {
        return config.digest();
    }

    long configSize() {
        return config.size();
    }

    /** {@return the descriptor of the manifest with its platform} */
    public Descriptor descriptor() {
        return new Descriptor(manifest.mediaType(), manifest.digest(), manifest.size(), platform);
    }
}
