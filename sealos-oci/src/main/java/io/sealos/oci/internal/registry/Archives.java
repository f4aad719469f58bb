package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** Opens the images of {@code docker save} archives, of OCI archives and of OCI layout folders. */
final class Archives {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ContentStore store;

    Archives(ContentStore store) {
        this.store = store;
    }

    ImageSource open(SaveRequest request) throws IOException {
        Path file = request.file().orElseThrow();
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such archive");
        }
        ArchiveFiles files = read(file);
        boolean docker = request.kind() == SaveRequest.Kind.DOCKER_ARCHIVE;
        Digest root = docker ? dockerManifest(files, request) : ociRoot(files, request);
        return new StoredSource(store, file, root);
    }

    private ArchiveFiles read(Path file) throws IOException {
        try {
            return ArchiveFiles.read(file, store);
        } catch (EOFException | ZipException e) {
            throw new IOException(file.getFileName() + " is cut off or no archive; write the archive anew", e);
        }
    }

    private static Digest ociRoot(ArchiveFiles files, SaveRequest request) throws IOException {
        List<JsonNode> named = new ArrayList<>();
        JsonNode all = JSON.readTree(files.document("index.json")).path("manifests");
        all.forEach(entry -> {
            String name = entry.path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asText("");
            if (name.equals(request.tag().orElse(""))
                    || name.equals(request.reference().toString())) {
                named.add(entry);
            }
        });
        JsonNode chosen = only(all, named, request);
        Digest digest = Digest.parse(chosen.path("digest").asText());
        Digest actual =
                files.file("blobs/" + digest.algorithm() + "/" + digest.hex()).digest();
        if (!actual.equals(digest)) {
            throw new IOException("the content of " + digest + " is " + actual + "; write the archive anew");
        }
        return digest;
    }

    private Digest dockerManifest(ArchiveFiles files, SaveRequest request) throws IOException {
        List<JsonNode> named = new ArrayList<>();
        JsonNode all = JSON.readTree(files.document("manifest.json"));
        all.forEach(image -> image.path("RepoTags").forEach(tag -> {
            if (tag.asText().equals(request.reference().toString())
                    || tag.asText().equals(request.reference().familiarString())) {
                named.add(image);
            }
        }));
        JsonNode image = only(all, named, request);
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.DOCKER_MANIFEST);
        String config = image.path("Config").asText();
        describe(manifest.putObject("config"), MediaTypes.DOCKER_CONFIG, files.file(config));
        addLayers(manifest.putArray("layers"), files, image, JSON.readTree(files.document(config)));
        return store.put(JSON.writeValueAsBytes(manifest), "sha256").digest();
    }

    private static void addLayers(ArrayNode layers, ArchiveFiles files, JsonNode image, JsonNode config)
            throws IOException {
        JsonNode diffIds = config.path("rootfs").path("diff_ids");
        for (JsonNode layer : image.path("Layers")) {
            ContentStore.Blob blob = files.file(layer.asText());
            boolean gzip = isGzip(files, layer.asText());
            String expected = diffIds.path(layers.size()).asText("");
            if (!gzip && !expected.equals(blob.digest().toString())) {
                throw new IOException("layer " + layer.asText() + " is " + blob.digest() + " but the image has "
                        + expected + "; write the archive anew");
            }
            describe(layers.addObject(), gzip ? MediaTypes.DOCKER_LAYER_GZIP : MediaTypes.DOCKER_LAYER, blob);
        }
        if (layers.size() != diffIds.size()) {
            throw new IOException("the archive has " + layers.size() + " layers but the image has " + diffIds.size());
        }
    }

    private static boolean isGzip(ArchiveFiles files, String name) throws IOException {
        try (InputStream content = new BufferedInputStream(files.open(name))) {
            return ArchiveFiles.isGzip(content);
        }
    }

    private static void describe(ObjectNode descriptor, String mediaType, ContentStore.Blob blob) {
        descriptor.put("mediaType", mediaType).put("size", blob.size());
        descriptor.put("digest", blob.digest().toString());
    }

    private static JsonNode only(JsonNode all, List<JsonNode> named, SaveRequest request) throws IOException {
        if (all.size() == 1) {
            return all.path(0);
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new IOException("the archive has " + all.size() + " images and not exactly one of them is named "
                + request.reference() + "; write one archive for each image");
    }
}
