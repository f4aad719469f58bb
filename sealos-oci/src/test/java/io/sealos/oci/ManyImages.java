package io.sealos.oci;

import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Images for two platforms with random layers, some of which several images and platforms share, and their list. */
final class ManyImages {
    static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    private final InProcessRegistry registry;
    private final Random random;
    private final List<byte[]> shared = new ArrayList<>();
    final List<Digest> layers = new ArrayList<>();
    final List<String> names = new ArrayList<>();

    ManyImages(InProcessRegistry registry, long seed) {
        this.registry = registry;
        this.random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            shared.add(LayeredImage.noise(random.nextLong(), 1 + random.nextInt(200_000)));
        }
    }

    /** Puts images into the registry, and writes a context that lists them. */
    ManyImages put(int count, Path context) throws IOException {
        for (int i = 0; i < count; i++) {
            List<String> manifests = new ArrayList<>();
            for (String platform : PLATFORMS) {
                manifests.add(putManifest(i, platform.substring("linux/".length())));
            }
            byte[] index = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":"
                    + manifests + "}");
            registry.putManifest("team/app" + i, "1", MediaTypes.OCI_INDEX, index);
            names.add("one.example/team/app" + i + ":1");
        }
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), String.join("\n", names) + "\n");
        Files.createDirectories(context.resolve("opt"));
        Files.writeString(context.resolve("opt/file"), "x".repeat(random.nextInt(100_000)));
        Files.createLink(context.resolve("opt/link"), context.resolve("opt/file"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY opt opt\nCOPY registry registry\n");
        return this;
    }

    private String putManifest(int image, String architecture) {
        List<String> descriptors = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            boolean common = random.nextBoolean();
            byte[] layer = common
                    ? shared.get(random.nextInt(shared.size()))
                    : LayeredImage.noise(random.nextLong(), random.nextInt(50_000));
            layers.add(registry.putBlob(layer));
            descriptors.add(TestImage.descriptor(MediaTypes.OCI_LAYER, layer));
        }
        byte[] config =
                bytes("{\"os\":\"linux\",\"architecture\":\"" + architecture + "\",\"author\":\"" + image % 2 + "\"}");
        registry.putBlob(config);
        byte[] manifest = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + TestImage.descriptor(MediaTypes.OCI_CONFIG, config) + ",\"layers\":" + descriptors + "}");
        Digest digest = registry.putManifest("team/app" + image, architecture, MediaTypes.OCI_MANIFEST, manifest);
        return "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":"
                + manifest.length + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"" + architecture + "\"}}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
