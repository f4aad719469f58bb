package io.sealos.oci.internal.save;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.internal.text.Printable;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.ManifestForm;
import io.sealos.oci.internal.read.Platforms;
import io.sealos.oci.internal.registrytree.ResolvedImage;
import io.sealos.oci.internal.source.ImageFetcher;
import io.sealos.oci.internal.source.SaveNotice;
import io.sealos.oci.internal.source.SaveRequest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Resolves an image. Finds its manifests and blobs for one platform, or those for all platforms of its index, without
 * fetching layers.
 */
final class ImageResolver {
    private static final int DEEPEST_INDEX = 3;
    private static final long CONFIG_LIMIT = 8 << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final SaveSettings settings;
    private final ContentStore store;
    private final Platform platform;
    private final SaveRequest request;
    private final ImageFetcher fetcher;
    private final ImageContents parts = new ImageContents();
    private final Set<String> offered = new LinkedHashSet<>();

    private final EarlyBlobs early;

    ImageResolver(SaveSettings settings, SaveTask task, ImageFetcher fetcher, EarlyBlobs early) {
        this.settings = settings;
        this.store = settings.store();
        this.platform = task.platform();
        this.request = task.request();
        this.fetcher = fetcher;
        this.early = early;
    }

    ResolvedImage resolve(RawManifest root) throws IOException, InterruptedException {
        Digest manifest = add(root, "", 0, true)
                .orElseThrow(() -> new ImageProblemException(
                        "it is not there for " + platform + " but for "
                                + (offered.isEmpty() ? "no platform" : String.join(", ", offered)),
                        "name an image that has this platform"));
        ArrivalNotices notices = new ArrivalNotices(request, platform);
        if (manifest.equals(root.digest())) {
            return resolved(root, manifest, false, notices.ofRoot(parts));
        }
        WholeIndex index = new WholeIndex(fetcher);
        boolean unsaid = request.isArtifact() && !statesPlatforms(root);
        boolean wanted = unsaid || settings.platforms().isWhole(request);
        Optional<String> obstacle = wanted ? index.add(root) : Optional.empty();
        if (!wanted || obstacle.isPresent()) {
            return resolved(root, manifest, false, notices.ofSingle(obstacle, manifest));
        }
        List<SaveNotice> whole = unsaid
                ? notices.ofUnsaid(root.digest())
                : settings.platforms().isChosen(request)
                        ? notices.ofRoot(index.parts())
                        : notices.ofWhole(index, parts);
        parts.add(index.parts());
        return resolved(root, manifest, true, whole);
    }

    /** Returns whether the entries of an index have platforms. Those of an artifact need not. */
    private boolean statesPlatforms(RawManifest index) throws IOException {
        return json.readTree(index.bytes()).path("manifests").valueStream().anyMatch(it -> it.has("platform"));
    }

    private ResolvedImage resolved(RawManifest root, Digest manifest, boolean whole, List<SaveNotice> notices)
            throws IOException, InterruptedException {
        ImageReference image = request.reference();
        String host = settings.access().host(image.registry());
        new ImageSignatures(store, fetcher, early, image, host)
                .check(settings.signatures().of(image), root, whole ? root.digest() : manifest);
        Map<String, Digest> tags = settings.referrers() ? new Referrers(fetcher, parts).add() : Map.of();
        return new ResolvedImage(
                request, fetcher, root.digest(), manifest, whole, parts.manifests(), parts.blobs(), tags, notices);
    }

    /**
     * Adds a document, and returns the digest of the manifest for the platform. If there is none, the document is not
     * kept.
     */
    private Optional<Digest> add(RawManifest document, String mediaType, int depth, boolean strict)
            throws IOException, InterruptedException {
        JsonNode tree = Documents.object(document.bytes());
        parts.add(document);
        boolean index = form(document, tree, mediaType) == ManifestForm.INDEX
                && tree.path("manifests").isArray();
        Optional<Digest> found = index ? addIndex(tree, depth) : Optional.empty();
        if (!index && addManifest(tree, strict)) {
            found = Optional.of(document.digest());
        }
        if (found.isEmpty()) {
            parts.manifests().remove(document.digest());
        }
        return found;
    }

    private static ManifestForm form(RawManifest document, JsonNode tree, String mediaType) throws IOException {
        try {
            return ManifestForm.check(tree, mediaType);
        } catch (IOException e) {
            throw new ImageProblemException(
                    document.digest() + " " + e.getMessage(), "name an image that is one thing", e);
        }
    }

    private Optional<Digest> addIndex(JsonNode index, int depth) throws IOException, InterruptedException {
        if (depth == DEEPEST_INDEX) {
            throw new IOException("its indexes are nested more than " + DEEPEST_INDEX + " deep");
        }
        for (JsonNode entry : candidates(index)) {
            boolean stated = entry.has("platform");
            String mediaType = entry.path("mediaType").asText("");
            Optional<Digest> found = add(fetcher.manifest(ImageContents.digest(entry)), mediaType, depth + 1, stated);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the entries to try, in this order: those for exactly this platform, those that match it, and those
     * without a platform.
     */
    private List<JsonNode> candidates(JsonNode index) {
        List<JsonNode> exact = new ArrayList<>();
        List<JsonNode> fitting = new ArrayList<>();
        List<JsonNode> unsaid = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            String said = Platforms.describe(entry.path("platform"));
            if (!entry.has("platform")) {
                unsaid.add(entry);
            } else if (said.equals(platform.toString())) {
                exact.add(entry);
            } else if (Platforms.matches(platform, entry.path("platform"))) {
                fitting.add(entry);
            } else if (!said.equals(Platforms.UNKNOWN)) {
                offered.add(Printable.of(said));
            }
        }
        exact.addAll(fitting);
        exact.addAll(unsaid);
        return exact;
    }

    private boolean addManifest(JsonNode manifest, boolean strict) throws IOException, InterruptedException {
        if (!manifest.path("config").isObject() || !manifest.path("layers").isArray()) {
            throw manifest.path("schemaVersion").asInt() == 1
                    ? new ImageProblemException(
                            "it is a schema 1 image, which is no longer supported", "push it again in a newer form")
                    : new IOException("its source contains neither an index nor a manifest");
        }
        JsonNode config = manifest.path("config");
        String other = request.isArtifact() ? "" : otherPlatform(config);
        if (!other.isEmpty() && strict) {
            throw new ImageProblemException(
                    "it is an image for " + Printable.of(other) + ", wanted is " + platform,
                    "name an image that has this platform");
        }
        if (!other.isEmpty()) {
            offered.add(Printable.of(other));
            return false;
        }
        parts.addBlobs(manifest);
        return true;
    }

    /** Returns the platform of a configuration; empty if it is the requested one or is missing. */
    private String otherPlatform(JsonNode descriptor) throws IOException, InterruptedException {
        long size = ImageContents.size(descriptor);
        if (!ImageContents.CONFIGS.contains(descriptor.path("mediaType").asText()) || size > CONFIG_LIMIT) {
            return "";
        }
        Digest digest = ImageContents.digest(descriptor);
        JsonNode config = json.readTree(config(digest, size));
        boolean stated = config.hasNonNull("os") && config.hasNonNull("architecture");
        return stated && !Platforms.matches(platform, config) ? Platforms.describe(config) : "";
    }

    private byte[] config(Digest digest, long size) throws IOException, InterruptedException {
        early.fetch(digest, size, fetcher);
        Optional<byte[]> stored = store.document(digest);
        if (stored.isEmpty()) {
            // The stored document was damaged, and has been removed.
            early.fetch(digest, size, fetcher);
            stored = store.document(digest);
        }
        return stored.orElseThrow(() -> new ImageProblemException(
                "its configuration " + digest + " is gone from the content store while it was read",
                "let nothing else write there, and build again"));
    }
}
