package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.StoredFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The container images in {@code registry/} of a cluster image as a layout, whose index lists every tag as
 * {@code REPOSITORY:TAG} and every manifest of a repository as {@code REPOSITORY@DIGEST}. A blob in a layer without
 * compression is read in place. One in a compressed layer is put into a directory when it is needed, together with the
 * other blobs of its image. Thread-safe.
 */
final class InnerFiles extends StoredFiles {
    private static final String REPOSITORIES = "registry/docker/registry/v2/repositories/";
    private static final String BLOBS = "blobs/";

    private final StoredFiles image;
    private final List<Stored> layers;
    private final RegistryView view;
    private final BaseBlobs blobs;
    private final Set<Digest> searched = new TreeSet<>();
    private final String index;

    /**
     * Creates the layout.
     *
     * @param image the files of the cluster image, which are closed together with this
     * @param layers its layers
     * @param scratch an empty directory for blobs of compressed layers
     */
    InnerFiles(StoredFiles image, List<Stored> layers, RegistryView view, Path scratch) {
        super("registry/ of " + image.place());
        this.image = image;
        this.layers = List.copyOf(layers);
        this.view = view;
        this.blobs = new BaseBlobs(Set.of(), scratch);
        this.index = tagsAndRevisions().toString();
    }

    private ObjectNode tagsAndRevisions() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("schemaVersion", 2);
        ArrayNode manifests = document.putArray("manifests");
        for (String repository : view.repositories()) {
            view.tags(repository).forEach((tag, link) -> add(manifests, link, repository + ":" + tag));
        }
        view.files().forEach((path, file) -> {
            int end = path.lastIndexOf("/_manifests/revisions/");
            if (end > 0 && path.startsWith(REPOSITORIES)) {
                add(manifests, file.link(), path.substring(REPOSITORIES.length(), end) + "@" + file.link());
            }
        });
        return document;
    }

    /** Adds an entry for a link, unless its blob is missing. */
    private void add(ArrayNode manifests, String link, String name) {
        if (view.document(link) != null) {
            ObjectNode entry = manifests.addObject();
            entry.put("digest", link).put("size", view.size(link));
            entry.putObject("annotations").put(LayoutImages.REF_NAME, name);
        }
    }

    @Override
    public synchronized Optional<Stored> find(String path) throws IOException {
        if (path.equals("index.json")) {
            return Optional.of(new Index(index));
        }
        String name = path.startsWith(BLOBS) ? path.substring(BLOBS.length()).replace('/', ':') : "";
        List<Digest> wanted = DeltaAnalysis.digest(name);
        if (wanted.isEmpty() || view.size(name) < 0) {
            return Optional.empty();
        }
        search(wanted.get(0));
        Optional<Stored> found = blobs.find(wanted.get(0));
        if (found.isEmpty()) {
            throw new IOException(place() + ": a delta image leaves out the blob " + name
                    + "; create the full image (ClusterImage.combine)");
        }
        return found;
    }

    private void search(Digest wanted) throws IOException {
        if (searched.contains(wanted)) {
            return;
        }
        Set<Digest> more = new TreeSet<>(List.of(wanted));
        view.files().values().stream()
                .map(RegistryFile::document)
                .filter(Objects::nonNull)
                .flatMap(document -> foundWith(wanted, document).stream())
                .flatMap(digest -> DeltaAnalysis.digest(digest).stream())
                .forEach(more::add);
        more.removeAll(searched);
        searched.addAll(more);
        blobs.want(more);
        // A path has the digest of its blob, so the blobs of an upper layer are equal to those of a lower one.
        for (Stored layer : layers) {
            blobs.addLayer(layer);
        }
    }

    /** {@return all documents, which are small, and the blobs of the manifests that list the wanted one} */
    private static List<String> foundWith(Digest wanted, RegistryDocument document) {
        List<String> digests = new ArrayList<>(List.of(document.digest().toString()));
        if (document.blobs().contains(wanted.toString())) {
            digests.addAll(document.blobs());
        }
        return digests;
    }

    @Override
    public void close() throws IOException {
        image.close();
    }

    private record Index(String text) implements Stored {
        @Override
        public long size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
