package io.sealos.oci.peers;

import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.testing.InProcessRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An artifact in a test registry, with any media types. */
public final class TestArtifact {
    private final InProcessRegistry registry;
    private final List<String> layers = new ArrayList<>();
    private String config = "";
    private String field = "\"annotations\":{}";

    public TestArtifact(InProcessRegistry registry) {
        this.registry = registry;
    }

    public TestArtifact config(String mediaType, String content) {
        config = put(mediaType, bytes(content));
        return this;
    }

    public TestArtifact layer(String mediaType, String content) {
        return layer(mediaType, bytes(content));
    }

    public TestArtifact layer(String mediaType, byte[] content) {
        layers.add(put(mediaType, content));
        return this;
    }

    /** Adds a field to the manifest. */
    public TestArtifact field(String json) {
        field = json;
        return this;
    }

    /** Puts the artifact, and returns the bytes of its manifest. */
    public byte[] put(String repository, String tag) {
        byte[] manifest = bytes("{\"schemaVersion\":2, \"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\n" + field
                + ",\"config\":" + config + ",\"layers\":[" + String.join(",", layers) + "]}\n");
        registry.putManifest(repository, tag, MediaTypes.OCI_MANIFEST, manifest);
        return manifest;
    }

    private String put(String mediaType, byte[] content) {
        registry.putBlob(content);
        return descriptor(mediaType, content);
    }

    /** {@return a descriptor} */
    public static String descriptor(String mediaType, byte[] content) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + Digests.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
