package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.images.Digest;
import io.sealos.images.ImageLock;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Platform;
import io.sealos.oci.internal.Digests;
import io.sealos.oci.internal.save.TestImage;
import io.sealos.oci.peers.DistributionServer;
import io.sealos.oci.peers.HandMadeRegistry;
import io.sealos.oci.peers.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaveRegistryTests {
    private static final String BLOBS = "docker/registry/v2/blobs/sha256/";

    private final TestImage one = new TestImage("amd64", "one");
    private final TestImage other = new TestImage("amd64", "other");

    @TempDir
    Path directory;

    private Path context;
    private Path registry;

    @BeforeEach
    void createContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        registry = directory.resolve("registry");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile .\n");
    }

    @Test
    void saveRegistryWhenAnImageIsNotAskedForAnyMoreTakesItAway() throws IOException {
        builder()
                .image("a.example/app/one:1", made(one))
                .image("a.example/app/other:1", made(other))
                .build()
                .saveRegistry(registry);
        ImageLock lock =
                builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);

        Path single = directory.resolve("single");
        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(single);
        assertThat(files(registry)).isEqualTo(files(single));
        assertThat(lock.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.digest()).isEqualTo(one.digest()));
    }

    @Test
    void saveRegistryWhenDirectoryHasImagesFromElsewhereKeepsThem() throws IOException {
        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);
        Path linked = registry.resolve("docker/registry/v2/repositories/theirs/_layers/sha256/x/link");
        Files.createDirectories(linked.resolveSibling(".").normalize());
        String layer = hex(one.layer());
        Files.writeString(linked, "sha256:" + layer);
        Path foreign = Files.createDirectories(registry.resolve("theirs")).resolve("file");
        Files.writeString(foreign, "theirs");

        builder().image("a.example/app/other:1", made(other)).build().saveRegistry(registry);

        assertThat(foreign).exists();
        assertThat(linked).exists();
        assertThat(registry.resolve(BLOBS + layer.substring(0, 2) + "/" + layer + "/data"))
                .exists();
        assertThat(registry.resolve("docker/registry/v2/repositories/app/one")).doesNotExist();
    }

    @Test
    void saveRegistryWhenTheLastTagGoesKeepsADirectoryForTagsOfOthers() throws IOException {
        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);
        new HandMadeRegistry(registry, "app/one").image("amd64");

        builder().image("a.example/app/other:1", made(other)).build().saveRegistry(registry);

        assertThat(registry.resolve("docker/registry/v2/repositories/app/one/_manifests/tags"))
                .isEmptyDirectory();
    }

    @Test
    void saveRegistryWhenPinnedImageLosesItsTagStillBringsItsDigest() throws IOException {
        TestImage pinned = new TestImage("amd64", "pinned", true);
        String reference = "a.example/app:1@" + pinned.digest();
        builder()
                .image(reference, made(pinned))
                .image("b.example/app:1", made(other))
                .preferImage("b.example/app:1")
                .build()
                .saveRegistry(registry);

        assertThat(RegistryVerifier.verify(
                                RegistryDirectory.of(registry),
                                List.of(ImageReference.parse(reference), ImageReference.parse("b.example/app:1")),
                                Site.ofAnyHost())
                        .orThrow()
                        .notices())
                .isEmpty();
    }

    @Test
    void saveRegistryWhenLockedDecidesByPreferenceAndTakesDirectoriesByDigest() throws IOException {
        Path theirs = directory.resolve("theirs");
        TestImage arm = new TestImage("arm64", "one");
        builder()
                .image("a.example/app:1", MadeImage.of(layout -> TestImage.writeIndexLayout(layout, one, arm)))
                .build()
                .saveRegistry(theirs);
        ClusterImageBuilder wanted = builder()
                .image("a.example/app:1", RegistryDirectory.of(theirs))
                .image("b.example/app:1", made(other))
                .preferImage("b.example/app:1");
        Digest index = Digests.sha256(TestImage.index(one, arm));
        ImageLock lock = ImageLock.builder()
                .add(ImageReference.parse("a.example/app:1"), index, Platform.parse("linux/amd64"), List.of("here"))
                .add(
                        ImageReference.parse("b.example/app:1"),
                        other.digest(),
                        Platform.parse("linux/amd64"),
                        List.of("here"))
                .build();

        wanted.lock(lock).build().saveRegistry(registry);

        String manifests = "docker/registry/v2/repositories/app/_manifests/";
        assertThat(registry.resolve(manifests + "tags/1/current/link"))
                .hasContent(other.digest().toString());
        assertThat(registry.resolve(manifests + "revisions/sha256/" + index.hex() + "/link"))
                .exists();
    }

    @Test
    void writeToWhenOnePlatformOfAnIndexIsChosenNotesItInTheResult() throws IOException {
        TestImage arm = new TestImage("arm64", "one");
        String reference = "a.example/app@" + Digests.sha256(TestImage.index(one, arm));
        List<BuildEvent> events = new CopyOnWriteArrayList<>();

        BuildResult result = builder()
                .image(reference, MadeImage.of(layout -> TestImage.writeIndexLayout(layout, one, arm)))
                .onePlatform(reference)
                .listener(events::add)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")));

        assertThat(result.notices())
                .singleElement()
                .hasToString("image(...) of the builder: warning: " + reference + " is an index of which linux/amd64"
                        + " alone is saved: nothing has the digest of the index at the site; name a tag as well, or the"
                        + " digest for linux/amd64, " + one.digest());
        assertThat(events).containsAll(result.notices());
    }

    @Test
    void writeToWhenAllPlatformsOfAnImageAreChosenSavesThem() throws IOException {
        TestImage arm = new TestImage("arm64", "one");
        builder()
                .image("a.example/app:1", MadeImage.of(layout -> TestImage.writeIndexLayout(layout, one, arm)))
                .allPlatforms("a.example/app:1")
                .build()
                .saveRegistry(registry);

        assertThat(registry.resolve(BLOBS + hex(arm.layer()).substring(0, 2) + "/" + hex(arm.layer()) + "/data"))
                .exists();
    }

    @Test
    void saveRegistryWhenRecordNamesPlacesElsewhereTouchesNothingThere() throws IOException {
        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);
        Path precious = Files.writeString(directory.resolve("precious"), "x");
        Files.writeString(
                registry.resolve("docker/registry/saved-files"),
                "docker/registry/v2/../../../../precious\n" + precious + "\n");

        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);

        assertThat(precious).exists();
    }

    @Test
    void saveRegistryWhenABlobThereIsDamagedWritesItAnew() throws IOException {
        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);
        Path blob = registry.resolve(BLOBS + hex(one.layer()).substring(0, 2) + "/" + hex(one.layer()) + "/data");
        Files.writeString(blob, "x".repeat((int) Files.size(blob)));

        builder().image("a.example/app/one:1", made(one)).build().saveRegistry(registry);

        assertThat(blob).hasBinaryContent(one.layer());
    }

    @Test
    void saveRegistryWhenNoImagesAreSavedRefuses() throws IOException {
        ClusterImage image = builder().saveImages(false).build();

        assertThatIllegalStateException()
                .isThrownBy(() -> image.saveRegistry(registry))
                .withMessage("this image saves no images; build it with its images (saveImages)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RUN make",
                "RUN <<EOF\nmake\nEOF",
                "COPY <<EOF /x\ntext\nEOF",
                "ADD https://example.com/x /x",
                "FROM scratch AS b\nRUN make\nFROM scratch\nCOPY --from=b /made /made"
            })
    void saveRegistryWhenInstructionsNeedAContainerDoesNotExecuteThem(String instructions) throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\n" + instructions + "\nCOPY missing /x\n");
        ClusterImage image = builder().image("a.example/app/one:1", made(one)).build();

        assertThat(image.saveRegistry(registry).entries()).hasSize(1);

        RegistryVerifier.verify(RegistryDirectory.of(registry), List.of(), Site.ofAnyHost())
                .orThrow();
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))));
    }

    @Test
    void buildWhenStageToCopyFromIsMissingRefusesIt() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY --from=7 /a /b\n");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().build())
                .withMessage(
                        "Kubefile:2:1: COPY: --from=7 names no earlier stage; name a stage that stands before this one");
    }

    @Test
    void writeToWhenTheStoreIsDamagedFailsOnceAndMendsIt() throws IOException {
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY registry registry\n");
        ClusterImage image = builder().image("a.example/app/one:1", made(one)).build();
        image.saveRegistry(registry);
        Path blob = directory.resolve("store/blobs/sha256").resolve(hex(one.layer()));
        Files.writeString(blob, "x".repeat((int) Files.size(blob)));
        Path out = directory.resolve("out");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .withMessageContaining("in the place of sha256:" + hex(one.layer())
                        + ", for something has damaged it; it is removed: build again");
        image.writeTo(OciLayout.directory(out));

        OciLayoutVerifier.verify(out).orThrow();
        RegistryVerifier.verify(OciLayout.directory(out)).orThrow();
    }

    @Test
    void saveRegistryWhenTwoImagesFallOnOneNameTakesThePreferredOne() throws IOException {
        ImageLock lock = builder()
                .image("a.example/app:1", made(one))
                .image("b.example/app:1", made(other))
                .preferImage("b.example/app:1")
                .build()
                .saveRegistry(registry);

        assertThat(registry.resolve("docker/registry/v2/repositories/app/_manifests/tags/1/current/link"))
                .hasContent(other.digest().toString());
        assertThat(registry.resolve("docker/registry/v2/repositories/app/_manifests/revisions/sha256/"
                        + one.digest().hex() + "/link"))
                .exists();
        assertThat(lock.entries()).hasSize(2);
    }

    @Test
    void saveRegistryWhenTwoPlatformsAreBuiltServesEachTree() throws Exception {
        assumeThat(Tools.isInstalled("docker-registry")).isTrue();
        assumeThat(Tools.isInstalled("skopeo")).isTrue();
        TestImage arm = new TestImage("arm64", "one");
        builder()
                .platform("linux/amd64")
                .platform("linux/arm64")
                .image("a.example/app:1", MadeImage.of(layout -> TestImage.writeIndexLayout(layout, one, arm)))
                .build()
                .saveRegistry(registry);

        for (TestImage image : List.of(one, arm)) {
            Path tree = registry.resolve("linux-" + image.architecture());
            try (DistributionServer server = DistributionServer.start(directory, tree, "", "")) {
                pull(server, "app:1", image);
                pull(server, "app@" + image.digest(), image);
            }
        }
    }

    private void pull(DistributionServer server, String name, TestImage image) throws Exception {
        Path pulled = directory.resolve("pulled-" + image.architecture() + name.length());
        Tools.run(
                directory,
                "skopeo",
                "--override-arch",
                image.architecture(),
                "copy",
                "-q",
                "--src-tls-verify=false",
                "docker://" + server.host() + "/" + name,
                "dir:" + pulled);
        assertThat(pulled.resolve("manifest.json")).hasBinaryContent(image.manifest());
        assertThat(pulled.resolve(hex(image.layer()))).hasBinaryContent(image.layer());
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder().context(context).tag("acme/cluster:1").contentStore(directory.resolve("store"));
    }

    private static MadeImage made(TestImage image) {
        return MadeImage.of(image::writeLayout);
    }

    private static String hex(byte[] content) {
        return Digests.sha256(content).hex();
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.map(path -> root.relativize(path).toString()).sorted().toList();
        }
    }
}
