package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.testing.InProcessRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageMergeTests extends MergeFixture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK =
            "registry/docker/registry/v2/repositories/library/nginx/_manifests/tags/1.25/current/link";
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    static Stream<JsonNode> recorded() throws IOException {
        try (InputStream in = Objects.requireNonNull(ImageMergeTests.class.getResourceAsStream("merge.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().map(ImageMergeTests::parse).toList().stream();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void writeToWhenSealosMergesTheImagesHasTheIntendedConfiguration(JsonNode recorded) throws IOException {
        List<ImageSource> sources = new ArrayList<>();
        for (JsonNode image : recorded.path("images")) {
            ObjectNode config = JSON.createObjectNode();
            config.set("Labels", image.path("labels"));
            config.set("Env", image.path("env"));
            config.set("Entrypoint", image.path("entrypoint"));
            config.set("Cmd", image.path("cmd"));
            sources.add(image(config.toString(), List.of("f 0644 0:0 f" + sources.size() + " x")));
        }

        ImageMerge merge = ClusterImage.merge(sources.toArray(ImageSource[]::new));
        ContainerConfig written = ClusterImage.inspect(OciLayout.directory(layoutOf(write(merge))))
                .config();

        ObjectNode found = JSON.createObjectNode();
        found.set("labels", JSON.valueToTree(written.labels()));
        found.set("env", JSON.valueToTree(written.env()));
        found.set("entrypoint", JSON.valueToTree(written.entrypoint()));
        found.set("cmd", JSON.valueToTree(written.cmd()));
        found.put("type", ImageType.of(written.labels()).map(ImageType::label).orElse("unknown"));
        assertThat((Object) found).isEqualTo(recorded.path("intended"));
    }

    @Test
    void planWhenValuesDifferNamesThemAll() throws IOException {
        OciLayout one = image(
                "{\"Labels\":{\"k\":\"1\",\"same\":\"x\"},\"Env\":[\"A=1\",\"PATH=/a\"],\"WorkingDir\":\"/a\"}",
                List.of("f 0644 0:0 f 1", "f 0644 0:0 same x"));
        OciLayout two = image(
                "{\"Labels\":{\"k\":\"2\",\"same\":\"x\"},\"Env\":[\"A=2\",\"PATH=/b\"],\"WorkingDir\":\"/b\"}",
                List.of("f 0600 0:0 f 22", "f 0644 0:0 same x"));

        MergePlan plan = ClusterImage.merge(one, two).plan();

        String first =
                "file, 1 byte, sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b, 0644, 0:0";
        String last =
                "file, 2 bytes, sha256:785f3ec7eb32f30b90cd0fcf3657d388b5ff4297f2f9716ff66e9b69c05ddd09, 0600, 0:0";
        assertThat(plan.conflicts())
                .extracting(MergeConflict::toString)
                .containsExactly(
                        "LABEL k: 1 in " + one + ", 2 in " + two + " (used)",
                        "ENV A: 1 in " + one + ", 2 in " + two + " (used)",
                        "SETTING WorkingDir: /a in " + one + ", /b in " + two + " (used)",
                        "FILE f: " + first + " in " + one + ", " + last + " in " + two + " (used)");
        assertThat(plan.undecided()).isEmpty();
        assertThat(plan.configs().values())
                .singleElement()
                .satisfies(config -> assertThat(config.workingDir()).contains("/b"));
    }

    @Test
    void writeToWhenATagHasTwoDigestsNeedsADecision() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 " + LINK + " " + ONE));
        OciLayout two = image(List.of("f 0644 0:0 " + LINK + " " + TWO));
        ImageMerge merge = ClusterImage.merge(one, two);
        Path target = directory.resolve("target");

        assertThat(merge.plan().undecided())
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.name()).isEqualTo("library/nginx:1.25"));
        assertThatThrownBy(() -> merge.writeTo(OciLayout.directory(target)))
                .isInstanceOf(MergeConflictException.class)
                .hasMessage("library/nginx:1.25 is " + ONE + " in " + one + " and " + TWO + " in " + two
                        + "; choose one of them (ImageMerge.prefer), or build the images with the same"
                        + " version");
        assertThat(target).doesNotExist();
        assertThat(link(write(merge.prefer(one)))).isEqualTo(sha256(ONE));
        assertThat(link(write(merge.prefer(two)))).isEqualTo(sha256(TWO));
        assertThat(link(write(merge.prefer(two).prefer(one)))).isEqualTo(sha256(ONE));
    }

    private String link(WriteResult done) throws IOException {
        return Objects.requireNonNull(FlattenedImage.of(layoutOf(done)).files().get(LINK))
                .path("sha256")
                .asText();
    }

    private static String sha256(String text) {
        return Digests.sha256(text).hex();
    }

    @Test
    void preferWhenTheImageIsNotMergedIsRefused() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"));
        OciLayout other = image(List.of("f 0644 0:0 b 1"));

        assertThatThrownBy(() -> ClusterImage.merge(one).prefer(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(other + " cannot be preferred: it is not one of the merged images");
    }

    @Test
    void writeToWhenAnImageLacksAPlatformIsRefused() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"));
        OciLayout arm =
                stored(new TestBase(false, "arm64", "{}").layer(LayerCompression.NONE, TestBase.tar("f 0644 0:0 a 1")));

        assertThatThrownBy(() -> write(ClusterImage.merge(one, arm)))
                .isInstanceOf(ImageChoiceException.class)
                .hasMessage(arm + " has no image for linux/amd64; choose one by tag or platform: linux/arm64");
    }

    @Test
    void writeToWhenImagesHaveTwoPlatformsMergesEach() throws IOException {
        OciLayout one = index("one");
        OciLayout two = index("two");

        WriteResult both = write(ClusterImage.merge(one, two));
        WriteResult arm = write(ClusterImage.merge(one, two).platform("linux/arm64"));

        assertThat(both.manifests())
                .extracting(manifest -> manifest.platform().toString())
                .containsExactly("linux/amd64", "linux/arm64");
        assertThat(arm.manifests()).containsExactly(both.manifests().get(1));
        assertThat(both.manifests())
                .allSatisfy(manifest -> assertThat(manifest.layers()).hasSize(2));
    }

    private OciLayout index(String name) throws IOException {
        List<ImageSource> platforms = new ArrayList<>();
        for (String architecture : List.of("amd64", "arm64")) {
            platforms.add(stored(new TestBase(false, architecture, "{}")
                    .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 " + name + " " + architecture))));
        }
        Path layout = directory.resolve(name);
        ClusterImage.index(platforms.toArray(ImageSource[]::new)).writeTo(OciLayout.directory(layout));
        return OciLayout.directory(layout);
    }

    @Test
    void writeToWhenOnlyOneImageNamesItsVariantMergesOnePlatform() throws IOException {
        String document = "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\",\"config\":{},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + TestBase.DIFF_IDS + "]}}";
        OciLayout named =
                stored(TestBase.ofDocument(document).layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a 1")));
        OciLayout other =
                stored(new TestBase(false, "arm64", "{}").layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 b 1")));

        assertThat(write(ClusterImage.merge(other, named)).manifests()).hasSize(1);
        assertThat(write(ClusterImage.merge(named, other)).manifests()).hasSize(1);
        assertThatThrownBy(
                        () -> ClusterImage.index(named, other).writeTo(OciLayout.directory(directory.resolve("index"))))
                .isInstanceOf(ImageChoiceException.class)
                .hasMessage(other + " has an image for linux/arm64, which " + named
                        + " has, too; choose one by tag or platform: linux/arm64");
    }

    @Test
    void writeToWhenRepeatedHasTheSameDigest() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"));
        OciLayout two = image(List.of("f 0644 0:0 a 2"), List.of("f 0644 0:0 .wh.a"));

        assertThat(write(ClusterImage.merge(one, two)).digest())
                .isEqualTo(write(ClusterImage.merge(one, two)).digest());
    }

    @Test
    void writeToWhenThereIsATagStoresItCanonically() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"));

        WriteResult done =
                write(ClusterImage.merge(one, one).tag("team/all:1.0").tag("team/all"));

        assertThat(ClusterImage.inspect(
                                OciLayout.directory(layoutOf(done)),
                                ImageChoice.any().tag("team/all:1.0"))
                        .names())
                .contains("docker.io/team/all:1.0", "docker.io/team/all:latest");
        assertThat(layers(done)).isEqualTo(layers(one));
    }

    @Test
    void writeToWhenImagesAreAtTheRegistryMountsTheirLayers() throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            TestBase.oci()
                    .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a 1"))
                    .pushTo(registry, "team/one", "1");
            TestBase.oci()
                    .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 b 1"))
                    .pushTo(registry, "team/two", "1");
            RegistryAccess access = RegistryAccess.builder()
                    .loginFiles(false)
                    .endpoint("hub.example", registry.endpoint())
                    .build();

            WriteResult done = ClusterImage.merge(
                            RegistryImage.of("hub.example/team/one:1"), RegistryImage.of("hub.example/team/two:1"))
                    .registryAccess(access)
                    .contentStore(directory.resolve("store"))
                    .writeTo(RegistryImage.of("hub.example/team/all:1"));

            assertThat(layers(done)).hasSize(2);
            assertThat(registry.requests("PUT /v2/team/all/blobs/uploads/")).isEqualTo(1);
            assertThat(registry.requests()).endsWith("PUT /v2/team/all/manifests/1");
        }
    }

    @Test
    void writeToWhenOfflineTakesImagesFromTheContentStore() throws IOException {
        try (InProcessRegistry registry = InProcessRegistry.start()) {
            TestBase.oci()
                    .layer(LayerCompression.GZIP, TestBase.tar("f 0644 0:0 a 1"))
                    .pushTo(registry, "team/one", "1");
            RegistryAccess access = RegistryAccess.builder()
                    .loginFiles(false)
                    .endpoint("hub.example", registry.endpoint())
                    .build();
            ImageMerge merge = ClusterImage.merge(
                            RegistryImage.of("hub.example/team/one:1"), image(List.of("f 0644 0:0 b 1")))
                    .registryAccess(access);
            ImageMerge offline = merge.offline(true);
            assertThatThrownBy(() -> write(offline))
                    .hasMessage(
                            "docker://hub.example/team/one:1 has unknown platforms, for which an offline call cannot"
                                    + " ask its registry; name them with platform, or allow the network");
            assertThatThrownBy(() -> write(offline.platform("linux/amd64"))).isInstanceOf(ImageSaveException.class);

            WriteResult online = write(merge);
            long requests = registry.requests().size();
            assertThat(write(offline.platform("linux/amd64")).digest()).isEqualTo(online.digest());
            assertThat(registry.requests()).hasSize((int) requests);
        }
    }

    @Test
    void writeToWhenThreadIsInterruptedWritesNothing() throws IOException {
        ImageMerge merge = ClusterImage.merge(image(List.of("f 0644 0:0 a 1")), image(List.of("f 0644 0:0 b 1")));
        OciLayout target = OciLayout.directory(directory.resolve("target"));

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> merge.writeTo(target)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(directory.resolve("target")).doesNotExist();
    }

    @Test
    void writeToWhenThereIsNoImageIsRefused() {
        assertThatThrownBy(() -> write(ClusterImage.merge()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no image; name one, or add it with image(source, choice)");
    }

    @Test
    void writeToWhenALayerIsDamagedNamesItAndWritesNothing() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"));
        TestBase damaged = TestBase.oci().layer(LayerCompression.NONE, TestBase.tar("f 0644 0:0 b text"));
        OciLayout two = stored(damaged);
        Path blob = Path.of(two.toString().substring("oci:".length()))
                .resolve("blobs/sha256")
                .resolve(damaged.digests().get(0).hex());
        byte[] bytes = Files.readAllBytes(blob);
        bytes[512] ^= 1;
        Files.write(blob, bytes);
        Path target = directory.resolve("target");

        assertThatThrownBy(() -> ClusterImage.merge(one, two).writeTo(OciLayout.directory(target)))
                .isInstanceOf(IOException.class)
                .hasMessage("a layer of the image is " + Digests.sha256(bytes) + " instead of "
                        + damaged.digests().get(0) + "; fetch or write the image again");
        assertThat(target).doesNotExist();
    }
}
