package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.ImageFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds images in archives and layouts: the one that has the wanted name, or the only one. */
final class LocalImages {
    private static final List<String> NAMES = List.of("org.opencontainers.image.ref.name", "io.containerd.image.name");

    private final ContentStore store;
    private final SaveListener listener;
    private final OpenOrigins origins;

    LocalImages(ContentStore store, SaveListener listener, OpenOrigins origins) {
        this.store = store;
        this.listener = listener;
        this.origins = origins;
    }

    ImageSource open(SaveRequest request, LocalOrigin origin) throws IOException, InterruptedException {
        ImageFiles files = origins.files(origin);
        FileBlobs blobs = new FileBlobs(files, store, request, listener);
        return switch (origin.format()) {
            case DOCKER -> {
                JsonNode image = only(files.document("manifest.json"), LocalImages::dockerNames, request);
                yield new LocalSource(blobs, new DockerManifest(files, blobs).of(image));
            }
            case OCI -> {
                JsonNode image = only(files.document("index.json").path("manifests"), LocalImages::ociNames, request);
                yield new LocalSource(blobs, Digest.parse(image.path("digest").asText()));
            }
        };
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
        Set<String> meant = Set.of(
                request.reference().withDefaultTag().toString(),
                request.reference().withDefaultTag().familiarString(),
                request.tag().orElse(""));
        List<JsonNode> named = new ArrayList<>();
        all.forEach(image -> Optional.of(image)
                .filter(it -> names.of(it).stream().anyMatch(meant::contains))
                .ifPresent(named::add));
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new IOException("the archive has " + all.size() + " images and not exactly one of them is named "
                + request.reference() + "; write one archive for each image");
    }

    /** The names that stand for an image. */
    private interface Names {
        List<String> of(JsonNode image);
    }
}
