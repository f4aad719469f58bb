package io.sealos.oci.internal.save;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.source.ImageFetcher;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the artifacts that refer to the manifests of an image: signatures with the tags of <a
 * href="https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md">cosign</a>, the list of <a
 * href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers">referrers</a>, which
 * is saved with the tag that clients use for registries without that API, and attestations in the index of the image.
 */
final class Referrers {
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");
    private static final String ATTACHED_TO = "vnd.docker.reference.digest";

    private final ObjectMapper json = new ObjectMapper();
    private final ImageFetcher fetcher;
    private final ImageContents parts;
    private final Map<String, Digest> tags = new LinkedHashMap<>();

    Referrers(ImageFetcher fetcher, ImageContents parts) {
        this.fetcher = fetcher;
        this.parts = parts;
    }

    /** Adds the referrers to the contents of the image, and returns their tags. */
    Map<String, Digest> add() throws IOException, InterruptedException {
        List<Digest> subjects = List.copyOf(parts.manifests().keySet());
        for (Digest subject : subjects) {
            addTagged(subject);
            addAttached(subject, subjects);
        }
        return tags;
    }

    private void addTagged(Digest subject) throws IOException, InterruptedException {
        for (String suffix : SUFFIXES) {
            Optional<RawManifest> found = fetcher.tagged(ImageFetcher.referrersTag(subject) + suffix);
            if (found.isPresent()) {
                addArtifact(found.get());
                tags.put(
                        ImageFetcher.referrersTag(subject) + suffix, found.get().digest());
            }
        }
        Optional<RawManifest> list = fetcher.referrers(subject);
        if (list.isPresent() && parts.add(list.get())) {
            tags.put(ImageFetcher.referrersTag(subject), list.get().digest());
            for (JsonNode entry : json.readTree(list.get().bytes()).path("manifests")) {
                addArtifact(fetcher.manifest(ImageContents.digest(entry)));
            }
        }
    }

    private void addAttached(Digest subject, List<Digest> images) throws IOException, InterruptedException {
        for (JsonNode entry : json.readTree(fetcher.manifest(subject).bytes()).path("manifests")) {
            String attachedTo = entry.path("annotations").path(ATTACHED_TO).asText("");
            if (images.stream().anyMatch(image -> image.toString().equals(attachedTo))) {
                addArtifact(fetcher.manifest(ImageContents.digest(entry)));
            }
        }
    }

    /** Adds a signature or another document, which has no platform. */
    private void addArtifact(RawManifest manifest) throws IOException {
        if (parts.add(manifest)) {
            parts.addBlobs(json.readTree(manifest.bytes()));
        }
    }
}
