package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks a layout from its index.json to the last entry of the last layer. */
public final class LayoutCheck {
    private static final int MAX_DEPTH = 8;
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Path layout;
    private final Findings findings = new Findings();
    private final BlobCheck blobs;
    private final Set<String> done = new HashSet<>();

    private LayoutCheck(Path layout) {
        this.layout = layout;
        this.blobs = new BlobCheck(layout, findings);
    }

    public static Findings check(Path layout) {
        LayoutCheck check = new LayoutCheck(layout);
        check.version();
        check.index();
        return check.findings;
    }

    private void version() {
        JsonNode marker = rootDocument("oci-layout");
        if (marker != null && !marker.path("imageLayoutVersion").asText("").equals("1.0.0")) {
            findings.mismatch("oci-layout", "imageLayoutVersion is not 1.0.0");
        }
    }

    private @Nullable JsonNode rootDocument(String name) {
        Path file = layout.resolve(name);
        if (Files.isRegularFile(file)) {
            return blobs.document(file, name);
        }
        findings.mismatch(name, "is missing in " + layout);
        return null;
    }

    private void index() {
        JsonNode index = rootDocument("index.json");
        if (index != null) {
            checkTags(index);
            manifests(index, "index.json", 0);
            blobs.noteUnreferenced();
        }
    }

    private void checkTags(JsonNode index) {
        Set<String> tags = new HashSet<>();
        for (JsonNode entry : index.path("manifests")) {
            String tag = entry.path("annotations").path(REF_NAME).asText("");
            if (!tag.isEmpty() && !tags.add(tag)) {
                findings.mismatch("index.json", "the tag '" + tag + "' is there twice");
            }
        }
    }

    private void manifests(JsonNode index, String place, int depth) {
        if (index.path("schemaVersion").asInt() != 2) {
            findings.mismatch(place, "schemaVersion is not 2");
        }
        if (!index.path("manifests").isArray()) {
            findings.mismatch(place, "has no list 'manifests'");
        }
        for (JsonNode descriptor : index.path("manifests")) {
            manifest(descriptor, place, depth);
        }
    }

    private void manifest(JsonNode descriptor, String place, int depth) {
        Path blob = blobs.sound(descriptor, place);
        String digest = descriptor.path("digest").asText("");
        if (blob == null) {
            return;
        }
        String here = "manifest " + digest;
        JsonNode document = blobs.document(blob, here);
        if (document == null) {
            return;
        }
        checkMediaType(descriptor, document, here);
        boolean isNew = done.add(digest);
        if (!document.has("manifests")) {
            new ManifestCheck(findings, blobs).check(document, descriptor.path("platform"), here, isNew);
        } else if (depth >= MAX_DEPTH) {
            findings.mismatch(here, "indexes are nested more than " + MAX_DEPTH + " deep");
        } else if (isNew) {
            manifests(document, "index " + digest, depth + 1);
        }
    }

    private void checkMediaType(JsonNode descriptor, JsonNode document, String place) {
        String said = descriptor.path("mediaType").asText("");
        String found = document.path("mediaType").asText(said);
        if (!found.equals(said)) {
            findings.mismatch(place, "its media type is " + found + ", the descriptor says " + said);
        }
    }
}
