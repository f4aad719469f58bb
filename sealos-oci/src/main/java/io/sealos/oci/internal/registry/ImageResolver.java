package io.sealos.oci.internal.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.transport.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out what an image consists of for one platform, with no layer fetched. */
final class ImageResolver {
    private static final int DEEPEST_INDEX = 3;
    private static final long CONFIG_LIMIT = 8 << 20;
    private static final Set<String> CONFIGS = Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);

    private final ObjectMapper json = new ObjectMapper();
    private final ContentStore store;
    private final TargetPlatform platform;
    private final SaveRequest request;
    private final ImageSource source;
    private final SaveListener listener;
    private final Map<Digest, Long> manifests = new LinkedHashMap<>();
    private final Map<Digest, Long> blobs = new LinkedHashMap<>();

    ImageResolver(
            ContentStore store,
            TargetPlatform platform,
            SaveRequest request,
            ImageSource source,
            SaveListener listener) {
        this.store = store;
        this.platform = platform;
        this.request = request;
        this.source = source;
        this.listener = listener;
    }

    ResolvedImage resolve() throws IOException, InterruptedException {
        RawManifest root = source.root();
        add(root, 0);
        listener.resolved(request.reference(), root.digest(), root.host());
        return new ResolvedImage(request, source, root.digest(), manifests, blobs);
    }

    private void add(RawManifest document, int depth) throws IOException, InterruptedException {
        JsonNode tree = json.readTree(document.bytes());
        manifests.put(document.digest(), (long) document.bytes().length);
        if (tree.path("manifests").isArray()) {
            addIndex(tree, depth);
        } else if (tree.path("config").isObject() && tree.path("layers").isArray()) {
            addManifest(tree);
        } else if (tree.path("schemaVersion").asInt() == 1) {
            throw new IOException("it is a schema 1 image, which is no longer supported; push it anew in a newer form");
        } else {
            throw new IOException("what its source has is no image: neither an index nor a manifest");
        }
    }

    private void addIndex(JsonNode index, int depth) throws IOException, InterruptedException {
        if (depth == DEEPEST_INDEX) {
            throw new IOException("its indexes are nested more than " + DEEPEST_INDEX + " deep");
        }
        List<String> offered = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            JsonNode wanted = entry.path("platform");
            boolean nested =
                    wanted.isMissingNode() && isIndex(entry.path("mediaType").asText());
            if (nested || platform.matches(wanted)) {
                add(source.manifest(digest(entry)), depth + 1);
                return;
            }
            offered.add(TargetPlatform.describe(wanted));
        }
        throw new IOException("it is not there for " + platform + " but for " + String.join(", ", offered)
                + "; name an image that has this platform");
    }

    private static boolean isIndex(String mediaType) {
        return mediaType.equals(MediaTypes.OCI_INDEX) || mediaType.equals(MediaTypes.DOCKER_MANIFEST_LIST);
    }

    private void addManifest(JsonNode manifest) throws IOException, InterruptedException {
        JsonNode config = manifest.path("config");
        long size = size(config);
        blobs.put(digest(config), size);
        if (CONFIGS.contains(config.path("mediaType").asText()) && size <= CONFIG_LIMIT) {
            checkPlatform(digest(config), size);
        }
        for (JsonNode layer : manifest.path("layers")) {
            String type = layer.path("mediaType").asText();
            if (type.contains("foreign") || type.contains("nondistributable")) {
                throw new IOException("it has layers that may not be distributed (" + type + ")");
            }
            blobs.put(digest(layer), size(layer));
        }
    }

    private void checkPlatform(Digest digest, long size) throws IOException, InterruptedException {
        source.fetch(digest, size);
        JsonNode config = json.readTree(store.document(digest).orElseThrow());
        boolean stated = config.hasNonNull("os") && config.hasNonNull("architecture");
        if (stated && !platform.matches(config)) {
            throw new IOException("it is an image for " + TargetPlatform.describe(config) + ", wanted is " + platform
                    + "; name an image that has this platform");
        }
    }

    private static Digest digest(JsonNode descriptor) throws IOException {
        try {
            return Digest.parse(descriptor.path("digest").asText());
        } catch (IllegalArgumentException e) {
            throw new IOException("its manifest is broken: " + e.getMessage(), e);
        }
    }

    private static long size(JsonNode descriptor) throws IOException {
        long size = descriptor.path("size").asLong(-1);
        if (size < 0) {
            throw new IOException("its manifest is broken: the size of " + descriptor.path("digest") + " is missing");
        }
        return size;
    }
}
