package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.http.MemoryBlobSink;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.work.Interruptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An image at a registry in the form of a layout. It consists of an index with this image, and of the documents to
 * which the index points. A document is fetched when it is read.
 */
final class RemoteFiles extends StoredFiles {
    private final RegistryClient client;
    private final RemoteImage image;
    private final Optional<Path> scratch;
    // Only looked up by key.
    private final Map<String, Stored> files = new HashMap<>();

    private RemoteFiles(RegistryClient client, RemoteImage image, Optional<Path> scratch) {
        super(image.reference().toString());
        this.client = client;
        this.image = image;
        this.scratch = scratch;
    }

    static RemoteFiles of(RegistryClient client, RemoteImage image) throws IOException {
        return of(client, image, Optional.empty());
    }

    /**
     * {@return the files of an image}
     *
     * @param scratch a directory for layers, each of which is fetched when it is opened, and deleted when it is closed;
     *     empty if layers are not read
     */
    static RemoteFiles of(RegistryClient client, RemoteImage image, Optional<Path> scratch) throws IOException {
        RemoteFiles files = new RemoteFiles(client, image, scratch);
        files.addRoot(files.manifest(image.reference()
                .digest()
                .map(Digest::toString)
                .or(image.reference()::tag)
                .orElse("latest")));
        return files;
    }

    private void addRoot(RawManifest root) throws IOException {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.put("schemaVersion", 2);
        ObjectNode entry = index.putArray("manifests").addObject();
        entry.put("digest", root.digest().toString());
        entry.put("size", root.bytes().length);
        entry.put("mediaType", mediaType(Documents.object(root.bytes())));
        entry.putObject("annotations")
                .put(LayoutImages.REF_NAME, image.reference().withDefaultTag().toString());
        files.put("index.json", new Document(index.toString().getBytes(StandardCharsets.UTF_8)));
        files.put(path(root.digest().toString()), new Document(listed(root.bytes())));
    }

    /** {@return the media type of a manifest or index, which may not say it} */
    private static String mediaType(JsonNode root) {
        String known = root.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
        return root.path("mediaType").asText(known);
    }

    @Override
    public boolean haveLayers() {
        return scratch.isPresent();
    }

    @Override
    public Optional<Stored> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public void close() {
        // The caller closes the client.
    }

    /** Records the descriptors of a document. */
    private byte[] listed(byte[] document) throws IOException {
        JsonNode json = Documents.object(document);
        json.path("manifests").forEach(entry -> files.putIfAbsent(path(entry), new Remote(entry, Kind.MANIFEST)));
        json.path("layers").forEach(entry -> files.putIfAbsent(path(entry), new Remote(entry, Kind.LAYER)));
        if (json.path("config").has("digest")) {
            files.putIfAbsent(path(json.path("config")), new Remote(json.path("config"), Kind.CONFIG));
        }
        return document;
    }

    private static String path(JsonNode descriptor) {
        return path(descriptor.path("digest").asText(""));
    }

    private static String path(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private RawManifest manifest(String reference) throws IOException {
        try {
            return client.manifest(image, reference);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    private byte[] blob(Digest digest, long size) throws IOException {
        try {
            MemoryBlobSink sink = new MemoryBlobSink(digest.algorithm(), Documents.MAX_BYTES);
            client.blob(image, digest, size, sink);
            return sink.bytes();
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was inspected", e);
        }
    }

    /** A document that was fetched. */
    private static final class Document implements Stored {
        private final byte[] bytes;

        Document(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private InputStream layer(Digest digest, long size, Path directory) throws IOException {
        Path file = directory.resolve(digest.hex());
        try {
            client.blob(image, digest, size, new FileSink(file, digest.algorithm()));
            return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (InterruptedException e) {
            throw Interruptions.during("a layer was fetched", e);
        }
    }

    private enum Kind {
        MANIFEST,
        CONFIG,
        LAYER
    }

    /** A document or a blob, not fetched yet. */
    private final class Remote implements Stored {
        private final JsonNode descriptor;
        private final Kind kind;

        Remote(JsonNode descriptor, Kind kind) {
            this.descriptor = descriptor;
            this.kind = kind;
        }

        @Override
        public long size() {
            return descriptor.path("size").asLong(-1);
        }

        @Override
        public InputStream open() throws IOException {
            String digest = descriptor.path("digest").asText("");
            if (kind == Kind.LAYER && scratch.isPresent()) {
                return layer(Digest.parse(digest), size(), scratch.get());
            }
            Document known = new Document(
                    kind == Kind.MANIFEST ? listed(manifest(digest).bytes()) : blob(Digest.parse(digest), size()));
            files.put(path(digest), known);
            return known.open();
        }
    }
}
