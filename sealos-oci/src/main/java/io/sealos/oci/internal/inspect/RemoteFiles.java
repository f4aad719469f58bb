package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An image at a registry in the form of a layout. It consists of an index with this image, and of the documents to
 * which the index points. A document is fetched when it is read. Only the sizes of layers are known.
 */
final class RemoteFiles extends StoredFiles {
    private final RegistryClient client;
    private final RemoteImage image;
    // Only looked up by key.
    private final Map<String, Stored> files = new HashMap<>();

    private RemoteFiles(RegistryClient client, RemoteImage image) {
        super(image.reference().toString());
        this.client = client;
        this.image = image;
    }

    static RemoteFiles of(RegistryClient client, RemoteImage image) throws IOException {
        RemoteFiles files = new RemoteFiles(client, image);
        files.addRoot(files.manifest(image.reference()
                .digest()
                .map(Digest::toString)
                .or(image.reference()::tag)
                .orElse("latest")));
        return files;
    }

    private void addRoot(RawManifest root) throws IOException {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = index.putArray("manifests").addObject();
        entry.put("digest", root.digest().toString());
        entry.put("size", root.bytes().length);
        entry.putObject("annotations")
                .put(LayoutImages.REF_NAME, image.reference().withDefaultTag().toString());
        files.put("index.json", new Document(index.toString().getBytes(StandardCharsets.UTF_8)));
        files.put(path(root.digest().toString()), new Document(listed(root.bytes())));
    }

    @Override
    public boolean haveLayers() {
        return false;
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
        json.path("manifests").forEach(entry -> files.putIfAbsent(path(entry), new Remote(entry, true)));
        json.path("layers").forEach(entry -> files.putIfAbsent(path(entry), new Remote(entry, false)));
        if (json.path("config").has("digest")) {
            files.putIfAbsent(path(json.path("config")), new Remote(json.path("config"), false));
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

    /** A document or a blob, not fetched yet. */
    private final class Remote implements Stored {
        private final JsonNode descriptor;
        private final boolean isManifest;

        Remote(JsonNode descriptor, boolean isManifest) {
            this.descriptor = descriptor;
            this.isManifest = isManifest;
        }

        @Override
        public long size() {
            return descriptor.path("size").asLong(-1);
        }

        @Override
        public InputStream open() throws IOException {
            String digest = descriptor.path("digest").asText("");
            Document known =
                    new Document(isManifest ? listed(manifest(digest).bytes()) : blob(Digest.parse(digest), size()));
            files.put(path(digest), known);
            return known.open();
        }
    }
}
