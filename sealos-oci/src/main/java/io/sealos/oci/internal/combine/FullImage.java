package io.sealos.oci.internal.combine;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.files.PlacedException;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.delta.DeltaFiles;
import io.sealos.oci.internal.delta.DeltaRecord;
import io.sealos.oci.internal.delta.TarInsert;
import io.sealos.oci.internal.inspect.BaseBlobs;
import io.sealos.oci.internal.inspect.DeltaImage;
import io.sealos.oci.internal.layer.JoinedTar;
import io.sealos.oci.internal.layer.LayerBlob;
import io.sealos.oci.internal.layout.Descriptor;
import io.sealos.oci.internal.layout.StoredContent;
import io.sealos.oci.internal.layout.WrittenImage;
import io.sealos.oci.internal.layout.WrittenManifest;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.InterruptibleInput;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.work.WorkPool;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The full image of a delta image, with the same bytes as if it had been built. */
public final class FullImage implements StoredContent {
    private final List<DeltaImage> deltas;
    private final BaseBlobs blobs;

    /**
     * Creates an image.
     *
     * @param deltas the delta image for each platform
     * @param blobs the blobs of the bases
     */
    public FullImage(List<DeltaImage> deltas, BaseBlobs blobs) {
        this.deltas = List.copyOf(deltas);
        this.blobs = blobs;
    }

    /** {@return the blobs that were left out of delta images} */
    public static Set<Digest> wanted(List<DeltaImage> deltas) {
        Set<Digest> wanted = new TreeSet<>();
        for (DeltaImage delta : deltas) {
            for (List<TarInsert> layer : delta.record().inserts()) {
                layer.stream()
                        .map(TarInsert::blob)
                        .flatMap(blob -> Optional.ofNullable(blob).stream())
                        .forEach(wanted::add);
            }
        }
        return wanted;
    }

    @Override
    public WrittenImage writeTo(Path directory) throws IOException {
        List<WrittenManifest> manifests = new ArrayList<>();
        try (WorkPool pool = WorkPool.of(Runtime.getRuntime().availableProcessors(), Optional.empty())) {
            for (DeltaImage delta : deltas) {
                manifests.add(write(delta, directory, pool));
            }
        }
        Descriptor root = root(manifests, directory);
        for (DeltaImage delta : deltas) {
            compare(delta, "the full image", root.digest(), delta.full());
        }
        return new WrittenImage(root, manifests);
    }

    private WrittenManifest write(DeltaImage delta, Path directory, WorkPool pool) throws IOException {
        DeltaRecord record = delta.record();
        JsonNode manifest = document(delta, record.manifest());
        JsonNode config = document(delta, record.config());
        JsonNode layers = manifest.path("layers");
        if (layers.size() != record.inserts().size()
                || layers.size() > delta.layers().size()) {
            throw damaged(delta, "it has another number of layers than the full image");
        }
        List<LayerBlob> written = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            LayerBlob layer = layer(delta, i, layers.get(i).path("mediaType").asText(""), directory, pool);
            String expected = layers.get(i).path("digest").asText("");
            if (!layer.digest().toString().equals(expected)) {
                throw damaged(
                        delta,
                        "layer " + (i + 1) + " of the full image became " + layer.digest() + " instead of " + expected
                                + ", which another Java version may compress differently");
            }
            written.add(layer);
        }
        Descriptor storedConfig = store(record.config(), MediaTypes.OCI_CONFIG, directory);
        Descriptor stored = store(record.manifest(), MediaTypes.OCI_MANIFEST, directory);
        return new WrittenManifest(
                platform(delta, config), stored, storedConfig, written, Collections.emptySortedMap());
    }

    private LayerBlob layer(DeltaImage delta, int index, String mediaType, Path directory, WorkPool pool)
            throws IOException {
        StoredFiles.Stored layer = delta.layers().get(index);
        List<TarInsert> inserts = delta.record().inserts().get(index);
        try (InputStream file = new InterruptibleInput(layer.open())) {
            if (inserts.isEmpty()) {
                return JoinedTar.copy(directory, file, mediaType);
            }
            try (BufferedInputStream stored = Compression.buffered(file);
                    InputStream tar = Compression.of(stored).decompress(stored)) {
                return JoinedTar.write(directory, tar, inserts, blobs::open, mediaType, pool);
            }
        } catch (EOFException e) {
            throw damaged(delta, "layer " + (index + 1) + " of the delta image ends early");
        }
    }

    private Descriptor root(List<WrittenManifest> manifests, Path directory) throws IOException {
        Optional<String> index = deltas.get(0).record().index();
        if (index.isPresent()) {
            return store(index.get(), MediaTypes.OCI_INDEX, directory);
        }
        return manifests.get(0).descriptor();
    }

    private static Descriptor store(String document, String mediaType, Path directory) throws IOException {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digests.sha256(bytes);
        Files.write(directory.resolve(digest.hex()), bytes);
        return new Descriptor(mediaType, digest, bytes.length, null);
    }

    private static JsonNode document(DeltaImage delta, String text) throws IOException {
        try {
            return Documents.object(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw damaged(delta, "a document of the full image " + e.getMessage());
        }
    }

    private static Platform platform(DeltaImage delta, JsonNode config) throws IOException {
        try {
            return Platform.parse(Platforms.text(config));
        } catch (IllegalArgumentException e) {
            throw damaged(delta, String.valueOf(e.getMessage()));
        }
    }

    private static void compare(DeltaImage delta, String name, Digest found, Digest expected) throws IOException {
        if (!found.equals(expected)) {
            throw damaged(delta, name + " became " + found + " instead of " + expected);
        }
    }

    private static IOException damaged(DeltaImage delta, String problem) {
        return PlacedException.at(delta.place(), ": " + DeltaFiles.RECORD + ": " + problem + "; build the delta again");
    }
}
