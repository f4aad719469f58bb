package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.internal.text.Printable;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.read.Platforms;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The short form of a manifest, an index or a configuration.
 *
 * @param digest the digest of its bytes
 * @param platform the platform of a configuration; empty for others
 * @param children the manifests of an index
 * @param blobs the blobs of a manifest, its configuration first
 * @param tars the layers that are tars, compressed or not, which sealos compresses; empty for an artifact
 * @param plain those of them whose media types say that they are not compressed
 * @param artifactType the type of a manifest that is not that of an image; empty for others
 * @param mixed whether it is a manifest of Docker with a layer of OCI, which sealos copies byte for byte
 */
record RegistryDocument(
        Digest digest,
        String platform,
        List<Child> children,
        List<String> blobs,
        List<String> tars,
        Set<String> plain,
        String artifactType,
        boolean mixed) {
    RegistryDocument {
        children = List.copyOf(children);
        blobs = List.copyOf(blobs);
        tars = List.copyOf(tars);
        plain = Set.copyOf(plain);
    }

    /** A manifest of an index; the platform is empty if the index does not have it. */
    record Child(String digest, String platform) {}

    /** {@return the document in a blob; null if it has none} */
    static @Nullable RegistryDocument read(String algorithm, long size, InputStream content) throws IOException {
        PushbackInputStream document = new PushbackInputStream(content);
        int first = size > Documents.MAX_BYTES ? -1 : document.read();
        if (first != '{') {
            return null;
        }
        document.unread(first);
        byte[] bytes = Documents.bytes(document);
        try {
            return of(Digests.as(algorithm, bytes), Documents.object(bytes));
        } catch (IOException e) {
            // A blob that begins with a brace need not be a document.
            return null;
        }
    }

    private static RegistryDocument of(Digest digest, JsonNode json) {
        String artifactType = artifactType(json);
        List<Child> children = new ArrayList<>();
        for (JsonNode child : json.path("manifests")) {
            String platform = child.has("platform") ? Platforms.text(child.path("platform")) : "";
            children.add(new Child(child.path("digest").asText(""), platform));
        }
        List<String> blobs = new ArrayList<>();
        if (json.path("layers").isArray()) {
            blobs.add(json.path("config").path("digest").asText(""));
        }
        List<String> tars = new ArrayList<>();
        Set<String> plain = new TreeSet<>();
        boolean mixed = false;
        for (JsonNode layer : json.path("layers")) {
            String type = layer.path("mediaType").asText("");
            String blob = layer.path("digest").asText("");
            blobs.add(blob);
            if (artifactType.isEmpty() && isTar(type)) {
                tars.add(blob);
                plain.addAll(type.endsWith(".tar") ? List.of(blob) : List.of());
            }
            mixed |= type.equals(MediaTypes.OCI_LAYER_GZIP);
        }
        mixed &= json.path("mediaType").asText("").equals(MediaTypes.DOCKER_MANIFEST);
        String platform = json.has("os") ? Platforms.text(json) : "";
        return new RegistryDocument(digest, platform, children, blobs, tars, plain, artifactType, mixed);
    }

    private static boolean isTar(String type) {
        return type.startsWith(MediaTypes.OCI_LAYER) || type.startsWith(MediaTypes.DOCKER_LAYER);
    }

    private static String artifactType(JsonNode json) {
        String config = json.path("config").path("mediaType").asText("");
        boolean image = config.equals(MediaTypes.OCI_CONFIG)
                || config.isEmpty()
                || json.path("mediaType").asText("").equals(MediaTypes.DOCKER_MANIFEST);
        return image || !json.path("layers").isArray()
                ? ""
                : Printable.of(json.path("artifactType").asText(config));
    }

    boolean isManifest() {
        return !blobs.isEmpty();
    }
}
