package io.sealos.oci.internal.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.files.PlacedException;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds images in archives and layouts: the one with the requested name, or the only one. */
public final class LocalImages {
    private static final List<String> NAMES = List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

    private final ContentStore store;
    private final OpenSources sources;

    public LocalImages(ContentStore store, OpenSources sources) {
        this.store = store;
        this.sources = sources;
    }

    public ImageFetcher open(SaveRequest request, LocalSource source) throws IOException, InterruptedException {
        StoredFiles files = sources.files(source);
        FileBlobs blobs = new FileBlobs(files, store);
        Digest root = switch (source.format()) {
            case DOCKER -> new DockerManifest(files, blobs).of(dockerImage(files, request));
            case OCI -> digest(files, only(index(files), LocalImages::ociNames, request));
            case REGISTRY -> digest(files, named(files, request));
        };
        checkDigest(request, root);
        return new LocalFetcher(blobs, root);
    }

    private static void checkDigest(SaveRequest request, Digest root) throws IOException {
        Digest wanted = request.reference().digest().orElse(root);
        if (!wanted.equals(root)) {
            throw new ImageProblemException(
                    "the image there is " + root, "leave the digest out, or name where that image is");
        }
    }

    private static Digest digest(StoredFiles files, JsonNode descriptor) throws IOException {
        try {
            return Digest.parse(descriptor.path("digest").asText());
        } catch (IllegalArgumentException e) {
            throw files.broken("index.json", String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode index(StoredFiles files) throws IOException {
        return files.ociIndex().path("manifests");
    }

    private static JsonNode dockerImage(StoredFiles files, SaveRequest request) throws IOException {
        return only(files.dockerList(), LocalImages::dockerNames, request);
    }

    /**
     * Returns the image with a name in a {@code registry/} directory. If a digest is requested, the tag does not
     * matter, since it may have moved.
     */
    private static JsonNode named(StoredFiles files, SaveRequest request) throws IOException {
        String suffix = request.reference()
                .digest()
                .map(digest -> "@" + digest)
                .orElse(":" + request.tag().orElse(""));
        for (JsonNode image : index(files)) {
            for (String repository : repositories(request)) {
                if (ociNames(image).contains(repository + suffix)) {
                    return image;
                }
            }
        }
        throw PlacedException.at(files, " has no " + request.reference().repository() + suffix);
    }

    private static List<String> repositories(SaveRequest request) {
        List<String> names = new ArrayList<>(request.repositories());
        names.add(request.reference().repository());
        return names;
    }

    private static List<String> dockerNames(JsonNode image) {
        List<String> names = new ArrayList<>();
        image.path("RepoTags").forEach(tag -> names.add(tag.asText()));
        return names;
    }

    private static List<String> ociNames(JsonNode descriptor) {
        JsonNode annotations = descriptor.path("annotations");
        return NAMES.stream().map(name -> annotations.path(name).asText("")).toList();
    }

    private static JsonNode only(JsonNode all, Names names, SaveRequest request) throws IOException {
        if (all.size() == 1) {
            return all.path(0);
        }
        ImageReference meant = request.reference().withDefaultTag();
        List<JsonNode> named = named(all, names, List.of(meant.toString(), meant.familiarString()));
        if (named.isEmpty()) {
            // A layout may have only the tag of an image.
            named = named(all, names, request.tag().stream().toList());
        }
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new ImageProblemException(
                "the archive has " + Count.of(all.size(), "image") + " and not exactly one of them is named "
                        + request.reference(),
                "write one archive for each image");
    }

    private static List<JsonNode> named(JsonNode all, Names names, List<String> meant) {
        return all.valueStream()
                .filter(image -> names.of(image).stream().anyMatch(meant::contains))
                .toList();
    }

    /** Returns the names of an image. */
    private interface Names {
        List<String> of(JsonNode image);
    }
}
