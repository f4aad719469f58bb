package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.RawManifest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The manifests and blobs that make an image, in the order in which they were found, each with its size. */
record ImageParts(Map<Digest, Long> manifests, Map<Digest, Long> blobs) {
    ImageParts() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Whether the manifest is new. */
    boolean add(RawManifest manifest) {
        return manifests.putIfAbsent(manifest.digest(), (long) manifest.bytes().length) == null;
    }

    /** The configuration and the layers of a manifest. */
    void addBlobs(JsonNode manifest) throws IOException {
        addBlob(manifest.path("config"));
        for (JsonNode layer : manifest.path("layers")) {
            String type = layer.path("mediaType").asText();
            if (type.contains("foreign") || type.contains("nondistributable")) {
                throw new IOException("it has layers that may not be distributed (" + type
                        + "); name an image that has its layers in the registry");
            }
            addBlob(layer);
        }
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
            throw new IOException("its manifest is broken: the size of " + descriptor.path("digest") + " is missing");
        }
        return size;
    }
}
