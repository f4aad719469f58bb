package io.sealos.oci.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Kubefile;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.RegistryAccess;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A registry within this process that stands in for the public ones, with small images of our own making. */
final class ExampleRegistries implements AutoCloseable {
    private final InProcessRegistry registry;
    private final List<ImageReference> images;

    private ExampleRegistries(InProcessRegistry registry, List<ImageReference> images) {
        this.registry = registry;
        this.images = images;
    }

    static ExampleRegistries serving(List<ImageReference> images, Path work) throws IOException {
        ExampleRegistries registries = new ExampleRegistries(InProcessRegistry.start(), images);
        for (ImageReference image : images) {
            registries.seed(image, Files.createTempDirectory(work, "seed"));
        }
        return registries;
    }

    /** Each public registry's name leads to this one. */
    RegistryAccess access() {
        RegistryAccess.Builder access = RegistryAccess.builder().loginFiles(false);
        images.stream()
                .map(ImageReference::registry)
                .distinct()
                .forEach(name -> access.endpoint(name, registry.endpoint()));
        return access.build();
    }

    @Override
    public void close() {
        registry.close();
    }

    private void seed(ImageReference image, Path work) throws IOException {
        Path context = Files.createDirectory(work.resolve("context"));
        Files.writeString(context.resolve("hello"), "This stands in for " + image + ".\n");
        ClusterImage.builder()
                .context(context)
                .kubefile(Kubefile.builder()
                        .from("scratch")
                        .copy("hello", "/hello")
                        .cmd("/hello")
                        .build())
                .saveImages(false)
                .tag(image.toString())
                .build()
                .writeTo(OciLayout.directory(work.resolve("layout")));
        push(image, work.resolve("layout"));
    }

    private void push(ImageReference image, Path layout) throws IOException {
        JsonNode descriptor = new ObjectMapper()
                .readTree(layout.resolve("index.json").toFile())
                .path("manifests")
                .path(0);
        byte[] manifest = blob(layout, descriptor);
        JsonNode parts = new ObjectMapper().readTree(manifest);
        registry.putBlob(blob(layout, parts.path("config")));
        for (JsonNode layer : parts.path("layers")) {
            registry.putBlob(blob(layout, layer));
        }
        registry.putManifest(
                image.repository(),
                image.tag().orElse("latest"),
                descriptor.path("mediaType").asText(),
                manifest);
    }

    private static byte[] blob(Path layout, JsonNode descriptor) throws IOException {
        Digest digest = Digest.parse(descriptor.path("digest").asText());
        return Files.readAllBytes(
                layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex()));
    }
}
