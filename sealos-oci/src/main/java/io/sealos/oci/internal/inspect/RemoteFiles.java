package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.http.FileBlobSink;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image at a registry in the form of a layout. It consists of an index with this image, and of the documents to
 * which the index points. A document is fetched when it is read. A layer is fetched into a directory when it is first
 * read; without a directory, only the sizes of layers are known.
 */
final class RemoteFiles extends StoredFiles {
    private final RegistryClient client;
    private final RemoteImage image;
    private final @Nullable Path directory;
    // Only looked up by key.
    private final Map<String, Stored> files = new HashMap<>();

    private RemoteFiles(RegistryClient client, RemoteImage image, @Nullable Path directory) {
        super(image.reference().toString());
        this.client = client;
        this.image = image;
        this.directory = directory;
    }

    /** Opens an image whose layers are not read. The caller closes the client. */
    static RemoteFiles of(RegistryClient client, RemoteImage image) throws IOException {
        return of(client, image, null);
    }

    /** Opens an image whose layers are fetched into a directory. The client is closed together with it. */
    static RemoteFiles fetching(RegistryClient client, RemoteImage image, Path directory) throws IOException {
        return of(client, image, directory);
    }

    private static RemoteFiles of(RegistryClient client, RemoteImage image, @Nullable Path directory)
            throws IOException {
        RemoteFiles files = new RemoteFiles(client, image, directory);
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
        return directory != null;
    }

    @Override
    public Optional<Stored> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public void close() {
        if (directory != null) {
            client.close();
        }
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

    private enum Kind {
        MANIFEST,
        CONFIG,
        LAYER
    }

    /** A document or a layer, not fetched yet. */
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
            Stored known = switch (kind) {
                case MANIFEST -> new Document(listed(manifest(digest).bytes()));
                case CONFIG -> new Document(blob(Digest.parse(digest), size()));
                case LAYER -> layer(Digest.parse(digest), size());
            };
            files.put(path(digest), known);
            return known.open();
        }
    }

    private Stored layer(Digest digest, long size) throws IOException {
        if (directory == null) {
            throw new IOException("the layer " + digest + " of " + place() + " is not fetched");
        }
        Path file = directory.resolve(digest.hex());
        try (FileBlobSink sink = new FileBlobSink(file, digest.algorithm())) {
            client.blob(image, digest, size, sink);
        } catch (InterruptedException e) {
            throw Interruptions.during("the image was read", e);
        }
        return new Layer(file);
    }

    /** A layer that was fetched. */
    private record Layer(Path file) implements Stored {
        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
