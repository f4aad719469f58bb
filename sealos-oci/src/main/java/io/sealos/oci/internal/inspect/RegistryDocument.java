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
import java.util.function.Predicate;
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
 * @param facts the annotations, labels and documents of the image
 */
record RegistryDocument(
        Digest digest,
        String platform,
        List<Child> children,
        List<String> blobs,
        List<String> tars,
        Set<String> plain,
        String artifactType,
        boolean mixed,
        DocumentFacts facts) {

    /**
     * A manifest of an index.
     *
     * @param platform the platform; empty if the index does not have it
     * @param attachedTo the digest of the manifest that it describes, if it is an attestation; empty for others
     */
    record Child(String digest, String platform, String attachedTo) {}

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

    private static List<Child> children(JsonNode index) {
        List<Child> children = new ArrayList<>();
        for (JsonNode child : index.path("manifests")) {
            String platform = child.has("platform") ? Platforms.text(child.path("platform")) : "";
            children.add(new Child(child.path("digest").asText(""), platform, DocumentFacts.attachedTo(child)));
        }
        return List.copyOf(children);
    }

    private static RegistryDocument of(Digest digest, JsonNode json) {
        String artifactType = artifactType(json);
        JsonNode layers = json.path("layers");
        List<String> blobs = new ArrayList<>();
        if (layers.isArray()) {
            blobs.add(json.path("config").path("digest").asText(""));
        }
        blobs.addAll(digests(layers, type -> true));
        List<String> tars = artifactType.isEmpty() ? digests(layers, RegistryDocument::isTar) : List.of();
        List<String> plain =
                artifactType.isEmpty() ? digests(layers, type -> isTar(type) && type.endsWith(".tar")) : List.of();
        boolean mixed = json.path("mediaType").asText("").equals(MediaTypes.DOCKER_MANIFEST)
                && !digests(layers, MediaTypes.OCI_LAYER_GZIP::equals).isEmpty();
        String platform = json.has("os") ? Platforms.text(json) : "";
        return new RegistryDocument(
                digest,
                platform,
                children(json),
                List.copyOf(blobs),
                tars,
                Set.copyOf(plain),
                artifactType,
                mixed,
                DocumentFacts.of(json));
    }

    /** {@return the digests of the layers with a certain kind of media type} */
    private static List<String> digests(JsonNode layers, Predicate<String> types) {
        List<String> digests = new ArrayList<>();
        for (JsonNode layer : layers) {
            if (types.test(layer.path("mediaType").asText(""))) {
                digests.add(layer.path("digest").asText(""));
            }
        }
        return List.copyOf(digests);
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
