package io.sealos.oci.internal.inspect;

import io.sealos.internal.files.PlacedException;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.layout.CopiedImage;
import io.sealos.oci.internal.layout.StoredDocument;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.recipe.BaseImage;
import io.sealos.oci.internal.recipe.BaseLayer;
import io.sealos.oci.internal.tree.ScannedLayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A finished image for one platform, with its documents and layers, which can be copied into another image.
 *
 * @param image its configuration, layers and history
 * @param config its configuration with the exact bytes
 * @param manifest its manifest with the exact bytes; empty for an image of a docker-archive
 * @param annotations the annotations of its manifest
 * @param descriptorAnnotations the annotations of the descriptor that points to it, without those that name it
 */
public record FoundImage(
        Platform platform,
        BaseImage image,
        StoredDocument config,
        Optional<StoredDocument> manifest,
        Map<String, String> annotations,
        Map<String, String> descriptorAnnotations) {

    /** The uncompressed size of a compressed layer that was not read. */
    private static final long UNKNOWN = -1;

    /** {@return a copy of this image, with the same digest unless it has no manifest} */
    public CopiedImage copied() throws IOException {
        requireSha256();
        List<ScannedLayer> layers = new ArrayList<>();
        for (BaseLayer layer : image.layers()) {
            try (BufferedInputStream stored = Compression.buffered(layer.open())) {
                Compression compression = Compression.of(stored);
                long size = compression == Compression.NONE ? layer.size() : UNKNOWN;
                layers.add(new ScannedLayer(layer, compression, size, "FROM " + image.name()));
            }
        }
        if (manifest.isEmpty()) {
            return CopiedImage.of(platform, config, layers, annotations);
        }
        return new CopiedImage(
                platform,
                config,
                manifest.get(),
                layers,
                new TreeMap<>(annotations),
                new TreeMap<>(descriptorAnnotations));
    }

    /** Throws an exception if a layer has another digest than those with which blobs are written. */
    public void requireSha256() throws IOException {
        for (BaseLayer layer : image.layers()) {
            if (!layer.digest().algorithm().equals("sha256")) {
                throw PlacedException.at(
                        image.name(),
                        " has the blob " + layer.digest()
                                + ", which cannot be copied under this digest; write the image with SHA-256 digests");
            }
        }
    }
}
