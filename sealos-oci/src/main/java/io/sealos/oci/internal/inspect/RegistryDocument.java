package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.sealos.images.Digest;
import io.sealos.oci.internal.read.Documents;
import io.sealos.oci.internal.transport.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The short form of a manifest, an index or a configuration.
 *
 * @param digest of its bytes
 * @param platform what a configuration says; empty for others
 * @param children what an index lists
 * @param blobs what a manifest lists, its configuration first
 */
record RegistryDocument(Digest digest, String platform, List<Child> children, List<String> blobs) {

    /** A manifest in an index. */
    record Child(String digest, String platform) {}

    /** The document that a blob is; null if it is none. */
    static @Nullable RegistryDocument read(String algorithm, long size, InputStream content) throws IOException {
        PushbackInputStream document = new PushbackInputStream(content);
        int first = size > Documents.MAX_BYTES ? -1 : document.read();
        if (first != '{') {
            return null;
        }
        document.unread(first);
        byte[] bytes = Documents.bytes(document);
        try {
            return of(Hashes.as(algorithm, bytes), Documents.object(bytes));
        } catch (IOException e) {
            // A blob may begin with a brace and be no document.
            return null;
        }
    }

    private static RegistryDocument of(Digest digest, JsonNode json) {
        List<Child> children = new ArrayList<>();
        for (JsonNode child : json.path("manifests")) {
            children.add(new Child(child.path("digest").asText(""), PlatformText.of(child.path("platform"))));
        }
        List<String> blobs = new ArrayList<>();
        if (json.path("layers").isArray()) {
            blobs.add(json.path("config").path("digest").asText(""));
            json.path("layers").forEach(layer -> blobs.add(layer.path("digest").asText("")));
        }
        String platform = json.has("os") ? PlatformText.of(json) : "";
        return new RegistryDocument(digest, platform, List.copyOf(children), List.copyOf(blobs));
    }

    boolean isManifest() {
        return !blobs.isEmpty();
    }
}
