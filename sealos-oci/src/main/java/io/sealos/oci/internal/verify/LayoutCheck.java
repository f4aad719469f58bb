package io.sealos.oci.internal.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sealos.images.Digest;
import io.sealos.internal.files.RequiredPath;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.read.StoredFiles.Stored;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Verifies a layout or an image at a registry, from its index to the last entry of the last layer. */
public final class LayoutCheck {
    private static final int MAX_DEPTH = 8;
    private static final Set<String> INDEXES = Set.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST_LIST);
    private static final Set<String> MANIFESTS = Set.of(MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_MANIFEST);
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private static final String DOCUMENTS = "io.sealos.image.documents";

    private final Verification request;
    private final LayoutFiles files;
    private final Findings findings;
    private final BlobCheck blobs;
    private final ManifestCheck manifests;
    private final Map<String, JsonNode> done = new HashMap<>();

    private LayoutCheck(Verification request, LayoutFiles files, Findings findings) {
        this.request = request;
        this.files = files;
        this.findings = findings;
        this.blobs = new BlobCheck(files, findings);
        this.manifests = new ManifestCheck(findings, blobs);
    }

    /** {@return the report on the layout in a directory} */
    public static VerifiedFiles directory(Path layout, Verification request) throws InterruptedIOException {
        Findings findings = new Findings();
        Optional<String> problem = Files.exists(layout) ? RequiredPath.notDirectory(layout) : Optional.empty();
        if (problem.isPresent()) {
            findings.mismatch(layout.toString(), problem.get() + "; name the directory of a layout");
            return findings.report(request.source());
        }
        LayoutCheck check = new LayoutCheck(request, LayoutFiles.directory(layout, findings), findings);
        check.version();
        return check.report();
    }

    /** {@return the report on the layout in an archive} */
    public static VerifiedFiles archive(StoredFiles archive, Verification request) throws IOException {
        archive.ociIndex();
        Findings findings = new Findings();
        LayoutCheck check = new LayoutCheck(request, LayoutFiles.stored(archive, findings), findings);
        check.version();
        return check.report();
    }

    /** {@return the report on an image at a registry, which has no version of a layout} */
    public static VerifiedFiles remote(StoredFiles registry, Verification request) throws IOException {
        Findings findings = new Findings();
        return new LayoutCheck(request, LayoutFiles.stored(registry, findings), findings).report();
    }

    private VerifiedFiles report() throws InterruptedIOException {
        index();
        blobs.layers().check(request.listener());
        return findings.report(request.source());
    }

    private void version() {
        JsonNode marker = rootDocument("oci-layout");
        if (marker != null && !marker.path("imageLayoutVersion").asText("").equals("1.0.0")) {
            findings.mismatch("oci-layout", "imageLayoutVersion is not 1.0.0");
        }
    }

    private @Nullable JsonNode rootDocument(String name) {
        try {
            Optional<Stored> file = files.find(name, name, request.source());
            return file.isPresent() ? blobs.document(file.get(), name) : null;
        } catch (IOException e) {
            findings.mismatch(name, "cannot be read: " + e.getMessage());
            return null;
        }
    }

    private void index() {
        JsonNode index = rootDocument("index.json");
        if (index != null) {
            String mediaType = index.path("mediaType").asText(MediaTypes.OCI_INDEX);
            if (!mediaType.equals(MediaTypes.OCI_INDEX)) {
                findings.mismatch("index.json", "its media type is " + mediaType + ", not " + MediaTypes.OCI_INDEX);
            }
            checkTags(index);
            request.expected().ifPresent(digest -> checkExpected(index, digest));
            manifests(index, "index.json", 0);
            index.path("manifests").forEach(this::documents);
            blobs.noteUnreferenced();
        }
    }

    private void checkExpected(JsonNode index, Digest expected) {
        for (JsonNode entry : index.path("manifests")) {
            if (entry.path("digest").asText("").equals(expected.toString())) {
                return;
            }
        }
        findings.mismatch("index.json", "does not list " + expected + ", which was written");
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

    /** Checks the documents that are attached to an image. The annotation has no size of their list. */
    private void documents(JsonNode entry) {
        String digest = entry.path("annotations").path(DOCUMENTS).asText("");
        if (!digest.isEmpty()) {
            String place = "documents of " + entry.path("digest").asText("");
            Optional<Stored> list = blobs.sound(digest, place);
            JsonNode index = list.isEmpty() ? null : blobs.document(list.get(), place);
            if (index != null) {
                manifests(index, place, 1);
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
        Optional<Stored> blob = blobs.sound(descriptor, place);
        String digest = descriptor.path("digest").asText("");
        if (blob.isEmpty()) {
            return;
        }
        if (done.containsKey(digest)) {
            manifests.checkPlatform(done.get(digest), descriptor.path("platform"), "manifest " + digest);
            return;
        }
        JsonNode document = blobs.document(blob.get(), "manifest " + digest);
        done.put(digest, document == null ? MissingNode.getInstance() : check(descriptor, document, digest, depth));
    }

    /** Checks a document that was not read before, and returns the platform of its configuration. */
    private JsonNode check(JsonNode descriptor, JsonNode document, String digest, int depth) {
        String here = "manifest " + digest;
        checkMediaType(descriptor, document, here);
        if (!document.has("manifests")) {
            return manifests.check(document, descriptor.path("platform"), here);
        }
        if (depth >= MAX_DEPTH) {
            findings.mismatch(here, "indexes are nested more than " + MAX_DEPTH + " deep");
        } else {
            manifests(document, "index " + digest, depth + 1);
        }
        return MissingNode.getInstance();
    }

    private void checkMediaType(JsonNode descriptor, JsonNode document, String place) {
        String said = descriptor.path("mediaType").asText("");
        String found = document.path("mediaType").asText(said);
        if (!found.equals(said)) {
            findings.mismatch(place, "its media type is " + found + ", the descriptor says " + said);
        }
        boolean index = document.has("manifests");
        boolean called = index ? INDEXES.contains(said) : MANIFESTS.contains(said);
        boolean known = index || INDEXES.contains(said) || document.has("layers");
        if (!called && known && !said.isEmpty()) {
            String is = index ? "an index" : INDEXES.contains(said) ? "no index" : "a manifest";
            findings.mismatch(place, "is called " + said + ", but is " + is);
        }
    }
}
