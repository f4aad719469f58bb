package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.oci.ImageChoice;
import io.sealos.oci.InspectedLayer;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.layout.StoredDocument;
import io.sealos.oci.internal.read.ManifestForm;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.SiteNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The images of an OCI layout, as its index.json and the indexes below it list them. */
final class LayoutImages implements ImageReader.Images {
    static final String REF_NAME = "org.opencontainers.image.ref.name";
    static final List<String> NAMES = List.of(REF_NAME, "io.containerd.image.name");
    private static final int MAX_DEPTH = 8;
    private static final int MOST_IMAGES = 10_000;

    private final StoredFiles files;
    private final Blobs blobs;

    private final boolean isRegistry;

    LayoutImages(StoredFiles files) {
        this(files, false);
    }

    /** Creates the images of a layout, or of a registry, whose names have no host. */
    LayoutImages(StoredFiles files, boolean isRegistry) {
        this.files = files;
        this.isRegistry = isRegistry;
        this.blobs = new Blobs(files);
    }

    @Override
    public List<Candidate> list(ImageChoice choice) throws IOException {
        List<Candidate> images = new ArrayList<>();
        for (Root root : roots(choice)) {
            addAll(root.entry(), List.copyOf(root.names()), 0, images);
        }
        return images;
    }

    /** {@return the entries with different digests whose names match a choice} Artifacts are left out. */
    List<Root> roots(ImageChoice choice) throws IOException {
        ImageChoice named = isRegistry ? withoutHost(choice) : choice;
        Map<String, Root> roots = new LinkedHashMap<>();
        for (JsonNode entry : files.ociIndex().path("manifests")) {
            roots.computeIfAbsent(entry.path("digest").asText(""), digest -> new Root(entry, new LinkedHashSet<>()))
                    .addNames(entry.path("annotations"));
        }
        return roots.values().stream()
                .filter(root -> !LayoutDocuments.isDocument(root.entry())
                        && Candidate.haveTag(List.copyOf(root.names()), named))
                .toList();
    }

    private static ImageChoice withoutHost(ImageChoice choice) {
        try {
            return choice.tag()
                    .map(ImageReference::parse)
                    .map(it -> choice.tag(SiteNames.repository(it)
                            + it.withDefaultTag().toString().substring(it.name().length())))
                    .orElse(choice);
        } catch (ImageReferenceException e) {
            // Another name, which is compared as it is.
            return choice;
        }
    }

    /** An entry of {@code index.json}, with the names of all entries that have its digest. */
    record Root(JsonNode entry, Set<String> names) {
        void addNames(JsonNode annotations) {
            NAMES.stream()
                    .map(key -> annotations.path(key).asText(""))
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
    }

    private void addAll(JsonNode entry, List<String> names, int depth, List<Candidate> images) throws IOException {
        JsonNode document = blobs.document(entry);
        if (form(entry, document) == ManifestForm.MANIFEST) {
            add(entry, document, names, images);
            return;
        }
        if (depth >= MAX_DEPTH) {
            throw files.broken("index.json", "has indexes that are nested more than " + MAX_DEPTH + " deep");
        }
        for (JsonNode child : document.path("manifests")) {
            // An index may list platforms that were not copied with it.
            if (blobs.has(child)) {
                addAll(child, names, depth + 1, images);
            }
        }
    }

    private ManifestForm form(JsonNode entry, JsonNode document) throws IOException {
        try {
            return ManifestForm.check(document, entry.path("mediaType").asText(""));
        } catch (IOException e) {
            throw files.broken(entry.path("digest").asText(""), e);
        }
    }

    private void add(JsonNode entry, JsonNode manifest, List<String> names, List<Candidate> images) throws IOException {
        if (images.size() >= MOST_IMAGES) {
            throw files.broken("index.json", "has more than " + MOST_IMAGES + " images");
        }
        JsonNode platform = entry.has("platform") ? entry.path("platform") : blobs.document(manifest.path("config"));
        if (!Platforms.text(platform).equals(Platforms.UNKNOWN)) {
            images.add(new Candidate(names, entry, platform));
        }
    }

    @Override
    public ImageReader.Documents documents(Candidate image) throws IOException {
        return documents(blobs.digest(image.entry()), blobs.document(image.entry()));
    }

    @Override
    public Optional<StoredDocument> manifest(Candidate image) throws IOException {
        Digest digest = blobs.digest(image.entry());
        String type = blobs.document(digest).path("mediaType").asText(MediaTypes.OCI_MANIFEST);
        return Optional.of(new StoredDocument(type, blobs.bytes(digest)));
    }

    @Override
    public StoredDocument config(Candidate image) throws IOException {
        JsonNode config = blobs.document(image.entry()).path("config");
        return new StoredDocument(
                config.path("mediaType").asText(MediaTypes.OCI_CONFIG), blobs.bytes(blobs.digest(config)));
    }

    /** {@return the image with the given manifest, which need not be listed in the index} */
    Candidate candidate(Digest manifest) throws IOException {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("digest", manifest.toString());
        entry.put("size", blobs.bytes(manifest).length);
        return new Candidate(
                List.of(), entry, blobs.document(blobs.document(manifest).path("config")));
    }

    /** {@return the documents of the image with the given manifest, which need not be listed in the index} */
    ImageReader.Documents documents(Digest manifest) throws IOException {
        return documents(manifest, blobs.document(manifest));
    }

    private ImageReader.Documents documents(Digest digest, JsonNode manifest) throws IOException {
        JsonNode config = blobs.document(manifest.path("config"));
        List<String> paths = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            paths.add(blobs.path(layer));
        }
        return new ImageReader.Documents(
                Optional.of(digest),
                blobs.digest(manifest.path("config")),
                config,
                annotations(manifest.path("annotations")),
                layers(manifest.path("layers"), new LayerHistory(files, config, paths.size())),
                paths);
    }

    private List<InspectedLayer> layers(JsonNode layers, LayerHistory history) throws IOException {
        List<InspectedLayer> found = new ArrayList<>();
        for (JsonNode layer : layers) {
            int index = found.size();
            Digest digest = blobs.digest(layer);
            String mediaType = layer.path("mediaType").asText("");
            long size = layer.path("size").asLong();
            found.add(new InspectedLayer(digest, history.diffId(index), size, mediaType, history.description(index)));
        }
        return found;
    }

    private static Map<String, String> annotations(JsonNode annotations) {
        Map<String, String> sorted = new TreeMap<>();
        annotations
                .properties()
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue().asText("")));
        return sorted;
    }
}
