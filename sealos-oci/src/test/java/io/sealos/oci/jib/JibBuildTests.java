package io.sealos.oci.jib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.internal.MediaTypes;
import io.sealos.oci.peers.PlainHttpFront;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JibBuildTests {
    private static final Platform AMD64 = new Platform("amd64", "linux");
    private static final Platform ARM64 = new Platform("arm64", "linux");

    @TempDir
    private Path directory;

    private Path application;

    @BeforeEach
    void writeApplication() throws IOException {
        application = Files.writeString(directory.resolve("shop.jar"), "the classes of the shop");
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void writeWhenForOnePlatformHasDigestThatJibReports(ImageFormat format) throws Exception {
        JsonNode root = write(image(format, AMD64));

        assertThat(root.path("digest").asText()).isEqualTo(pushedByJib(image(format, AMD64)));
    }

    @Test
    void writeWhenForTwoPlatformsInDockerFormatHasDigestThatJibReports() throws Exception {
        JsonNode root = write(image(ImageFormat.Docker, AMD64, ARM64));

        assertThat(root.path("mediaType").asText()).isEqualTo(MediaTypes.DOCKER_MANIFEST_LIST);
        assertThat(root.path("digest").asText()).isEqualTo(pushedByJib(image(ImageFormat.Docker, AMD64, ARM64)));
    }

    @Test
    void writeWhenForTwoPlatformsInOciFormatHasAnIndexOfWhatJibReports() throws Exception {
        JsonNode root = write(image(ImageFormat.OCI, AMD64, ARM64));

        assertThat(root.path("mediaType").asText()).isEqualTo(MediaTypes.OCI_INDEX);
        JsonNode index = blob(root);
        assertThat(digests(index))
                .containsExactly(
                        pushedByJib(image(ImageFormat.OCI, AMD64)), pushedByJib(image(ImageFormat.OCI, ARM64)));
        assertThat(index.path("manifests")
                        .path(1)
                        .path("platform")
                        .path("architecture")
                        .asText())
                .isEqualTo("arm64");
    }

    @Test
    void writeWhenDoneLeavesPlatformsOfTheBuilderAndNoOtherFile() throws Exception {
        JibContainerBuilder image = image(ImageFormat.Docker, AMD64, ARM64);
        write(image);

        assertThat(image.toContainerBuildPlan().getPlatforms()).containsExactly(AMD64, ARM64);
        try (Stream<Path> files = Files.list(layout())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
        }
    }

    @Test
    void writeWhenBaseIsMissingSaysWhatJibSays() {
        Path missing = directory.resolve("base.tar");

        assertThatIOException()
                .isThrownBy(() -> write(Jib.from(TarImage.at(missing))))
                .withMessage("Jib could not build the image: java.nio.file.NoSuchFileException: " + missing);
    }

    private JibContainerBuilder image(ImageFormat format, Platform... platforms) throws IOException {
        return Jib.fromScratch()
                .addLayer(List.of(application), "/app")
                .setEntrypoint("java", "-jar", "/app/shop.jar")
                .setFormat(format)
                .setPlatforms(new LinkedHashSet<>(List.of(platforms)));
    }

    private JsonNode write(JibContainerBuilder image) throws IOException {
        JibBuild.write(image, UnaryOperator.identity(), Files.createDirectories(layout()));
        OciLayoutVerifier.verify(layout()).orThrow();
        return new ObjectMapper()
                .readTree(layout().resolve("index.json").toFile())
                .path("manifests")
                .path(0);
    }

    private JsonNode blob(JsonNode descriptor) throws IOException {
        String hex = descriptor.path("digest").asText().substring("sha256:".length());
        return new ObjectMapper()
                .readTree(layout().resolve("blobs/sha256").resolve(hex).toFile());
    }

    private static List<String> digests(JsonNode index) {
        return Stream.of(0, 1)
                .map(i -> index.path("manifests").path(i).path("digest").asText())
                .toList();
    }

    private Path layout() {
        return directory.resolve("layout");
    }

    /** The judge: Jib itself, pushing to a registry. */
    private String pushedByJib(JibContainerBuilder image) throws Exception {
        try (InProcessRegistry registry = InProcessRegistry.start();
                PlainHttpFront front = PlainHttpFront.of(registry.host())) {
            JibContainer pushed = image.containerize(Containerizer.to(RegistryImage.named(front.host() + "/shop:1"))
                    .setAllowInsecureRegistries(true)
                    .setApplicationLayersCache(directory.resolve("judge")));
            return pushed.getDigest().toString();
        }
    }
}
