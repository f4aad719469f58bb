package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layout.StoredDocument;
import io.sealos.oci.internal.read.Compression;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The images of a docker-archive, as its manifest.json lists them. */
final class DockerImages implements ImageReader.Images {
    private final StoredFiles files;

    DockerImages(StoredFiles files) {
        this.files = files;
    }

    @Override
    public List<Candidate> list(ImageChoice choice) throws IOException {
        List<Candidate> images = new ArrayList<>();
        for (JsonNode image : images()) {
            List<String> names = new ArrayList<>();
            image.path("RepoTags").forEach(tag -> names.add(tag.asText("")));
            if (Candidate.haveTag(names, choice)) {
                images.add(new Candidate(names, image, config(image)));
            }
        }
        return images;
    }

    private JsonNode images() throws IOException {
        JsonNode images = files.dockerList();
        if (!images.isArray()) {
            throw files.broken("manifest.json", "is not a list of images");
        }
        return images;
    }

    private JsonNode config(JsonNode image) throws IOException {
        return files.document(image.path("Config").asText(""));
    }

    @Override
    public ImageReader.Documents documents(Candidate image) throws IOException {
        JsonNode config = config(image.entry());
        List<String> paths = new ArrayList<>();
        image.entry().path("Layers").forEach(layer -> paths.add(layer.asText("")));
        byte[] configBytes = files.bytes(image.entry().path("Config").asText(""));
        return new ImageReader.Documents(
                Optional.empty(),
                Digests.as("sha256", configBytes),
                config,
                Map.of(),
                layers(paths, new LayerHistory(files, config, paths.size())),
                paths);
    }

    @Override
    public Optional<StoredDocument> manifest(Candidate image) {
        return Optional.empty();
    }

    @Override
    public StoredDocument config(Candidate image) throws IOException {
        return new StoredDocument(
                MediaTypes.OCI_CONFIG, files.bytes(image.entry().path("Config").asText("")));
    }

    private List<InspectedLayer> layers(List<String> paths, LayerHistory history) throws IOException {
        List<InspectedLayer> layers = new ArrayList<>();
        for (String path : paths) {
            layers.add(layer(path, history.diffId(layers.size()), history.description(layers.size())));
        }
        return layers;
    }

    private InspectedLayer layer(String path, Digest diffId, String description) throws IOException {
        StoredFiles.Stored stored = files.file(path);
        Compression compression = compression(stored);
        Digest digest = compression == Compression.NONE ? diffId : digest(stored);
        return new InspectedLayer(digest, diffId, stored.size(), compression.dockerLayerType(), description);
    }

    private static Compression compression(StoredFiles.Stored stored) throws IOException {
        try (BufferedInputStream content = Compression.buffered(stored.open())) {
            return Compression.of(content);
        }
    }

    private static Digest digest(StoredFiles.Stored stored) throws IOException {
        MessageDigest hash = Digests.start("sha256");
        try (InputStream content = new DigestInputStream(stored.open(), hash)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return Digests.finish("sha256", hash);
    }
}
