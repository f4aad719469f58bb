package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Cluster images whose container images share layers, which are served by a registry in this process. */
final class DeltaFixture implements AutoCloseable {
    static final String HOST = "images.example/";

    private final InProcessRegistry registry = InProcessRegistry.start();
    private final Path directory;

    DeltaFixture(Path directory) throws IOException {
        this.directory = directory;
    }

    InProcessRegistry registry() {
        return registry;
    }

    /** Puts an image for linux/amd64 whose layers are generated from seeds, and returns its reference. */
    String put(String name, int size, long... seeds) throws IOException {
        return put(name, MediaTypes.OCI_LAYER_GZIP, size, seeds);
    }

    String put(String name, String layerType, int size, long... seeds) throws IOException {
        List<String> diffIds = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (long seed : seeds) {
            byte[] content = LayeredImage.noise(seed, size);
            diffIds.add('"' + Digests.sha256(content).toString() + '"');
            layers.add(descriptor(layerType, layerType.endsWith("gzip") ? gzip(content) : content));
        }
        String config = descriptor(
                MediaTypes.OCI_CONFIG,
                bytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":"
                        + diffIds + "}}"));
        byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + config + ",\"layers\":" + layers + "}");
        int colon = name.lastIndexOf(':');
        registry.putManifest(name.substring(0, colon), name.substring(colon + 1), MediaTypes.OCI_MANIFEST, manifest);
        registry.serve("images.example");
        return HOST + name;
    }

    private String descriptor(String mediaType, byte[] blob) {
        Digest digest = registry.putBlob(blob);
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + blob.length + "}";
    }

    static Digest layer(int size, long seed) throws IOException {
        return Digests.sha256(gzip(LayeredImage.noise(seed, size)));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@return a builder of a cluster image with the given container images} */
    ClusterImageBuilder image(List<String> references) {
        return ClusterImage.builder()
                .kubefile(Kubefile.parse("""
                        FROM scratch
                        ENV NAME=shop
                        COPY . .
                        CMD ["echo $(NAME)"]
                        """))
                .imageList("list", references)
                .file("opt/readme", "same in all versions\n".repeat(500))
                .tag("acme/shop:1")
                .registryAccess(registry.access())
                .contentStore(directory.resolve("store"));
    }

    @Override
    public void close() {
        registry.close();
    }
}
