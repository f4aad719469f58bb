package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.ImageType;
import io.sealos.oci.internal.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageMergeTests {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK =
            "registry/docker/registry/v2/repositories/library/nginx/_manifests/tags/1.25/current/link";
    private static final String ONE = "sha256:" + "1".repeat(64);
    private static final String TWO = "sha256:" + "2".repeat(64);

    @TempDir
    private Path directory;

    private int number;

    /** An image of uncompressed layers, of which each is a list of entries. */
    @SafeVarargs
    private OciLayout image(List<String>... layers) throws IOException {
        return image("{}", layers);
    }

    @SafeVarargs
    private OciLayout image(String config, List<String>... layers) throws IOException {
        TestBase image = new TestBase(false, "amd64", config);
        for (List<String> layer : layers) {
            image.layer(LayerCompression.NONE, TestBase.tar(layer.toArray(String[]::new)));
        }
        return stored(image);
    }

    private OciLayout stored(TestBase image) throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("image-" + number++));
        image.storeIn(layout);
        return OciLayout.directory(layout.directory());
    }

    private WriteResult write(ImageMerge merge) throws IOException {
        Path merged = directory.resolve("merged-" + number++);
        WriteResult done = merge.contentStore(directory.resolve("store")).writeTo(OciLayout.directory(merged));
        OciLayoutVerifier.verify(merged).orThrow();
        return done;
    }

    private Path layoutOf(WriteResult done) {
        return Path.of(done.target().toString().substring("oci:".length()));
    }

    private static List<Digest> layers(WriteResult done) {
        return done.manifests().get(0).layers().stream().map(BuildLayer::digest).toList();
    }

    private static List<Digest> layers(OciLayout image) throws IOException {
        return ClusterImage.inspect(image).layers().stream()
                .map(InspectedLayer::digest)
                .toList();
    }

    /** Each path with its content, mode, or target. */
    private Map<String, String> files(WriteResult done) throws IOException {
        Map<String, String> files = new TreeMap<>();
        FlattenedImage.of(layoutOf(done)).files().forEach((path, file) -> files.put(path, shown(file)));
        return files;
    }

    private static String shown(ObjectNode file) {
        return switch (file.path("type").asText()) {
            case "dir" -> file.path("mode").asText();
            case "file" -> file.path("size").asText();
            default -> file.path("target").asText();
        };
    }

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
    void writeToWhenLayersAreIndependentKeepsThemByteForByte() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 a 1"), List.of("d 0700 0:0 d/", "f 0644 0:0 d/a 1"));
        OciLayout two = image(List.of("d 0700 0:0 d/", "f 0644 0:0 d/b 22", "f 0644 0:0 a 333"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(one).get(1), layers(two).get(0));
        assertThat(files(done)).isEqualTo(Map.of("a", "3", "d", "0700", "d/a", "1", "d/b", "2"));
    }

    @Test
    void writeToWhenImagesShareTheirLowestLayersHasThemOnce() throws IOException {
        List<String> base = List.of("d 0755 0:0 etc/", "f 0644 0:0 etc/base 1");
        OciLayout one = image(base, List.of("f 0644 0:0 etc/one 1"));
        OciLayout two = image(base, List.of("f 0644 0:0 etc/two 1"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(one).get(1), layers(two).get(1));
        assertThat(files(done)).containsOnlyKeys("etc", "etc/base", "etc/one", "etc/two");
        assertThat(history(done)).hasSize(3);
    }

    private List<String> history(WriteResult done) throws IOException {
        return FlattenedImage.of(layoutOf(done)).document().findValuesAsText("created_by");
    }

    @Test
    void writeToWhenALayerDeletesFilesOfAnotherImageWritesOnlyThisLayerAgain() throws IOException {
        OciLayout one = image(List.of("d 0755 0:0 d/", "f 0644 0:0 d/mine 1", "f 0644 0:0 keep 1"));
        OciLayout two = image(
                List.of("d 0755 0:0 d/", "f 0644 0:0 d/theirs 1"),
                List.of("f 0644 0:0 d/.wh..wh..opq", "f 0644 0:0 d/new 1"),
                List.of("f 0644 0:0 .wh.keep", "f 0644 0:0 last 1"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(files(done)).containsOnlyKeys("d", "d/mine", "d/new", "keep", "last");
        assertThat(layers(done))
                .startsWith(layers(one).get(0), layers(two).get(0))
                .doesNotContain(layers(two).get(1));
    }

    @Test
    void writeToWhenALayerDeletesFilesOfItsOwnImageOnlyKeepsIt() throws IOException {
        OciLayout one = image(List.of("f 0644 0:0 mine 1"));
        OciLayout two = image(List.of("f 0644 0:0 theirs 1", "f 0644 0:0 other 1"), List.of("f 0644 0:0 .wh.theirs"));

        WriteResult done = write(ClusterImage.merge(one, two));

        assertThat(files(done)).containsOnlyKeys("mine", "other");
        assertThat(layers(done))
                .containsExactly(
                        layers(one).get(0), layers(two).get(0), layers(two).get(1));
    }

    @Test
    void writeToWhenAnImageHasChangedAFileOfASharedLayerUsesTheLastImage() throws IOException {
        List<String> base = List.of("f 0644 0:0 f base");
        OciLayout one = image(base, List.of("f 0644 0:0 f changed"));
        OciLayout two = image(base, List.of("f 0644 0:0 g 1"));

        ImageMerge merge = ClusterImage.merge(one, two);

        assertThat(files(write(merge))).containsEntry("f", "4");
        assertThat(layers(write(merge)))
                .hasSize(4)
                .startsWith(layers(one).get(0), layers(one).get(1), layers(two).get(1));
        assertThat(history(write(merge))).endsWith("MERGE the files that the layers of one image hide from another");
        assertThat(files(write(merge.prefer(one)))).containsEntry("f", "7");
        assertThat(layers(write(merge.prefer(one)))).hasSize(3);
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
                "file, 1 bytes, sha256:6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b, 0644, 0:0";
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
                        + "; choose one of them with ImageMerge.prefer(source), or build the images with the same"
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

    /** The files are those of a build that copies the images over each other. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void writeToWhenImagesAreGeneratedHasTheFilesOfTheirCopies(int group) throws IOException {
        for (int seed : IntStream.range(group * 20, group * 20 + 20).toArray()) {
            List<OciLayout> images = new ArrayList<>();
            for (TestBase image : MergePairs.of(seed)) {
                images.add(stored(image));
            }
            WriteResult done = write(ClusterImage.merge(images.toArray(ImageSource[]::new)));

            assertThat(FlattenedImage.of(layoutOf(done)).files())
                    .as("seed " + seed)
                    .isEqualTo(FlattenedImage.of(copied(images)).files());
        }
    }

    private Path copied(List<OciLayout> images) throws IOException {
        StringBuilder kubefile = new StringBuilder("FROM scratch\n");
        for (int i = 0; i < images.size(); i++) {
            kubefile.append("COPY --from=image").append(i).append(" . .\n");
        }
        ClusterImageBuilder builder =
                ClusterImage.builder().file("Kubefile", kubefile.toString()).contentStore(directory.resolve("store"));
        for (int i = 0; i < images.size(); i++) {
            builder.baseImage("image" + i, images.get(i));
        }
        Path layout = directory.resolve("copied-" + number++);
        builder.build().writeTo(OciLayout.directory(layout));
        return layout;
    }
}
