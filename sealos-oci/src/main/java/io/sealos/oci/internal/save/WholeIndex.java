package io.sealos.oci.internal.save;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.source.ImageFetcher;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The contents of an index for all its platforms. sealos copies an index completely or not at all. */
final class WholeIndex {
    private static final int NOT_FOUND = 404;

    private final ObjectMapper json = new ObjectMapper();
    private final ImageFetcher fetcher;
    private final ImageContents parts = new ImageContents();
    private final Set<String> platforms = new LinkedHashSet<>();

    WholeIndex(ImageFetcher fetcher) {
        this.fetcher = fetcher;
    }

    ImageContents parts() {
        return parts;
    }

    /** Returns the platforms of the images in the index. */
    Set<String> platforms() {
        return platforms;
    }

    /**
     * Adds the contents of an index.
     *
     * @return the reason why the index cannot be copied completely; empty if it can
     */
    Optional<String> add(RawManifest index) throws IOException, InterruptedException {
        parts.add(index);
        for (JsonNode entry : json.readTree(index.bytes()).path("manifests")) {
            Optional<String> obstacle = addEntry(entry);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        return Optional.empty();
    }

    private Optional<String> addEntry(JsonNode entry) throws IOException, InterruptedException {
        Digest digest = ImageContents.digest(entry);
        String platform = Platforms.describe(entry.path("platform"));
        String named = "it lists " + digest + " for " + platform + ", ";
        Optional<RawManifest> manifest = manifest(digest);
        if (manifest.isEmpty()) {
            return Optional.of(named + "which is not there");
        }
        JsonNode document = json.readTree(manifest.get().bytes());
        if (!document.path("config").isObject() || !document.path("layers").isArray()) {
            return Optional.of(named + "which is not the manifest of an image");
        }
        if (ImageContents.hasForeignLayer(document)) {
            return Optional.of(named + "which has layers that may not be distributed");
        }
        parts.add(manifest.get());
        parts.addBlobs(document);
        if (!platform.equals(Platforms.UNKNOWN)) {
            platforms.add(platform);
        }
        return Optional.empty();
    }

    private Optional<RawManifest> manifest(Digest digest) throws IOException, InterruptedException {
        try {
            return Optional.of(fetcher.manifest(digest));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (TransferException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
