package io.sealos.oci.internal.layout;

import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An image for one platform that consists of existing blobs. Its documents and layers are copied byte for byte, except
 * for targets that support no compression, which get the same files in uncompressed layers.
 *
 * @param config the configuration
 * @param manifest the manifest, which lists the configuration and the layers by their SHA-256 digests
 * @param layers the layers, the lowest first
 * @param annotations the annotations of the manifest
 * @param descriptorAnnotations the annotations of the descriptor in an index of several platforms
 */
public record CopiedImage(
        Platform platform,
        StoredDocument config,
        StoredDocument manifest,
        List<ScannedLayer> layers,
        SortedMap<String, String> annotations,
        SortedMap<String, String> descriptorAnnotations) {
    public CopiedImage {
        layers = List.copyOf(layers);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        descriptorAnnotations = Collections.unmodifiableSortedMap(new TreeMap<>(descriptorAnnotations));
    }

    /** {@return an image with a configuration that lists the diffIDs of the layers, and with a new manifest} */
    public static CopiedImage of(
            Platform platform, StoredDocument config, List<ScannedLayer> layers, Map<String, String> annotations)
            throws IOException {
        Descriptor descriptor = new Descriptor(MediaTypes.OCI_CONFIG, config.digest(), config.size(), null);
        List<Descriptor> stored = layers.stream()
                .map(layer -> new Descriptor(
                        layer.compression().layerType(),
                        layer.layer().digest(),
                        layer.layer().size(),
                        null))
                .toList();
        byte[] manifest = ImageDocuments.manifest(descriptor, stored, new TreeMap<>(annotations));
        return new CopiedImage(
                platform,
                config,
                new StoredDocument(MediaTypes.OCI_MANIFEST, manifest),
                layers,
                new TreeMap<>(annotations),
                Collections.emptySortedMap());
    }
}
