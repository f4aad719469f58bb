package io.sealos.oci.internal.save;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The manifests and blobs of an image with their sizes in bytes, in the order in which they were found.
 *
 * @param manifests the sizes of the manifests
 * @param blobs the sizes of the blobs
 * @param plain the layers that are not compressed according to their media types
 */
record ImageContents(Map<Digest, Long> manifests, Map<Digest, Long> blobs, Set<Digest> plain) {
    /** The configurations of images, of which sealos compresses layers. Those of artifacts have others. */
    static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    private static final Set<String> PLAIN = Set.of(MediaTypes.OCI_LAYER, MediaTypes.DOCKER_LAYER);

    ImageContents() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    /** Adds a manifest, and returns whether it is new. */
    boolean add(RawManifest manifest) {
        return manifests.putIfAbsent(manifest.digest(), (long) manifest.bytes().length) == null;
    }

    void add(ImageContents others) {
        manifests.putAll(others.manifests);
        blobs.putAll(others.blobs);
        plain.addAll(others.plain);
    }

    /** Returns the total size in bytes. */
    long size() {
        return Stream.of(manifests, blobs)
                .flatMap(sizes -> sizes.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Adds the configuration and the layers of a manifest. */
    void addBlobs(JsonNode manifest) throws IOException {
        addBlob(manifest.path("config"));
        boolean image =
                CONFIGS.contains(manifest.path("config").path("mediaType").asText());
        for (JsonNode layer : manifest.path("layers")) {
            if (isForeign(layer)) {
                throw new ImageProblemException(
                        "it has layers that may not be distributed ("
                                + layer.path("mediaType").asText() + ")",
                        "name an image that has its layers in the registry");
            }
            addBlob(layer);
            if (image && PLAIN.contains(layer.path("mediaType").asText())) {
                plain.add(digest(layer));
            }
        }
    }

    /** Returns whether a manifest has a layer that registries do not have. */
    static boolean hasForeignLayer(JsonNode manifest) {
        return manifest.path("layers").valueStream().anyMatch(ImageContents::isForeign);
    }

    private static boolean isForeign(JsonNode layer) {
        String type = layer.path("mediaType").asText();
        return type.contains("foreign") || type.contains("nondistributable");
    }

    private void addBlob(JsonNode descriptor) throws IOException {
        blobs.put(digest(descriptor), size(descriptor));
    }

    static Digest digest(JsonNode descriptor) throws IOException {
        try {
            return Digest.parse(descriptor.path("digest").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("its manifest is broken: " + e.getMessage(), e);
        }
    }

    static long size(JsonNode descriptor) throws IOException {
        long size = descriptor.path("size").asLong(-1);
        if (size < 0) {
            throw new IOException("its manifest is broken: the size of "
                    + Printable.of(descriptor.path("digest").asText()) + " is missing");
        }
        return size;
    }
}
