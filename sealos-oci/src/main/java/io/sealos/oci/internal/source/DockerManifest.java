package io.sealos.oci.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.BufferedInputStream;
import java.io.IOException;

/**
 * Creates a manifest for an image in a docker-archive, which does not contain one. The same image always gets the same
 * manifest.
 */
final class DockerManifest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StoredFiles files;
    private final FileBlobs blobs;

    DockerManifest(StoredFiles files, FileBlobs blobs) {
        this.files = files;
        this.blobs = blobs;
    }

    /** Creates the manifest for an entry of {@code manifest.json}, and returns its digest. */
    Digest of(JsonNode image) throws IOException {
        String config = image.path("Config").asText();
        byte[] bytes = files.bytes(config);
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.DOCKER_MANIFEST);
        describe(manifest.putObject("config"), MediaTypes.DOCKER_CONFIG, config, Digests.sha256(bytes));
        JsonNode diffIds = files.parse(config, bytes).path("rootfs").path("diff_ids");
        JsonNode layers = image.path("Layers");
        if (layers.size() != diffIds.size()) {
            throw files.broken(
                    "manifest.json", "has " + Count.of(layers.size(), "layer") + " but the image " + diffIds.size());
        }
        manifest.putArray("layers");
        for (int i = 0; i < layers.size(); i++) {
            addLayer(manifest, layers.path(i).asText(), diffIds.path(i).asText());
        }
        return blobs.put(JSON.writeValueAsBytes(manifest));
    }

    /** Adds a layer. The digest of an uncompressed layer is its diffID. A compressed layer has to be read. */
    private void addLayer(ObjectNode manifest, String path, String diffId) throws IOException {
        Compression compression = compression(path);
        Digest digest = compression == Compression.NONE ? Digest.parse(diffId) : blobs.put(path);
        describe(manifest.withArray("layers").addObject(), compression.dockerLayerType(), path, digest);
    }

    private Compression compression(String path) throws IOException {
        try (BufferedInputStream content = Compression.buffered(files.file(path).open())) {
            return Compression.of(content);
        }
    }

    private void describe(ObjectNode descriptor, String mediaType, String path, Digest digest) throws IOException {
        blobs.name(digest, path);
        descriptor.put("mediaType", mediaType);
        descriptor.put("size", files.file(path).size()).put("digest", digest.toString());
    }
}
