package io.sealos.oci;

import io.sealos.kubefile.ContainerConfig;
import io.sealos.oci.peers.Buildah;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A merged image is the one that buildah builds from the file that {@code sealos merge} generates. Skipped where
 * buildah is not installed.
 */
@Tag("peers")
class ImageMergeIT {
    private static final int GROUPS = 6;

    /** {@code -Dsealos.merges=60} for a long run. */
    private static final int MERGES = Integer.getInteger("sealos.merges", 18) / GROUPS;

    private static final String FIRST = "{\"Env\":[\"A=1\",\"B=1\",\"PATH=/x\"],\"Cmd\":[\"one\"],"
            + "\"Labels\":{\"sealos.io.type\":\"rootfs\",\"k\":\"1\"}}";
    private static final String OTHER = "{\"Env\":[\"A=2\",\"C=3\"],\"Entrypoint\":[\"run it\"],\"Cmd\":[\"two\"],"
            + "\"Labels\":{\"sealos.io.type\":\"application\",\"k\":\"2\"}}";

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needBuildah() {
        Buildah.assume();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void writeToWhenImagesAreGeneratedHasTheFilesOfBuildah(int group) throws Exception {
        SoftAssertions softly = new SoftAssertions();
        for (int seed : IntStream.range(group * 10, group * 10 + MERGES).toArray()) {
            List<OciLayout> images = new ArrayList<>();
            for (TestBase image : MergePairs.of(seed)) {
                images.add(stored(image, seed + "-" + images.size()));
            }
            assertSame("seed " + seed, images, "", softly);
        }
        softly.assertAll();
    }

    @Test
    void writeToWhenImagesAreConfiguredHasTheConfigurationOfBuildah() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        OciLayout first = stored(image(FIRST, "f 0644 0:0 a 1"), "first");
        OciLayout other = stored(image(OTHER, "f 0644 0:0 b 1"), "other");

        assertSame("configured", List.of(first, other), """
                LABEL sealos.io.type="rootfs" apps.sealos.io/type="rootfs" k="2"
                ENV A=2 B=1 C=3
                ENTRYPOINT ["run it"]
                CMD ["one", "two"]
                """, softly);
        softly.assertAll();
    }

    private static TestBase image(String config, String... entries) throws IOException {
        return new TestBase(false, "amd64", config).layer(LayerCompression.GZIP, TestBase.tar(entries));
    }

    private OciLayout stored(TestBase image, String name) throws IOException {
        HandMadeLayout layout = new HandMadeLayout(directory.resolve("image-" + name));
        image.storeIn(layout);
        return OciLayout.directory(layout.directory());
    }

    /** Without instructions for a configuration, only the files are compared. */
    private void assertSame(String name, List<OciLayout> images, String instructions, SoftAssertions softly)
            throws Exception {
        Path ours = directory.resolve(name.replace(' ', '-'));
        ClusterImage.merge(images.toArray(ImageSource[]::new))
                .contentStore(directory.resolve("store"))
                .writeTo(OciLayout.directory(ours));
        OciLayoutVerifier.verify(ours).orThrow();
        Path context = Files.createDirectories(directory.resolve(ours.getFileName() + "-context"));
        StringBuilder file = new StringBuilder("FROM scratch\n" + instructions);
        for (OciLayout image : images) {
            String id = buildah().run("pull", "--quiet", image.toString());
            file.append("COPY --from=").append(id).append(" . .\n");
        }
        Files.writeString(context.resolve("Sealfile"), file.toString());
        Path theirs = directory.resolve(ours.getFileName() + "-theirs");
        buildah()
                .run(
                        "bud",
                        "--isolation",
                        "chroot",
                        "-f",
                        context + "/Sealfile",
                        "-t",
                        "oci:" + theirs + ":1",
                        context.toString());

        softly.assertThat(tree(buildah().mounted(ours)))
                .as(name)
                .isEqualTo(tree(buildah().mounted(theirs)));
        if (!instructions.isEmpty()) {
            softly.assertThat(config(ours)).as(name).isEqualTo(config(theirs));
        }
    }

    private static List<String> config(Path layout) throws IOException {
        ContainerConfig config =
                ClusterImage.inspect(OciLayout.directory(layout)).config();
        Map<String, String> labels = new TreeMap<>(config.labels());
        labels.remove("io.buildah.version");
        Map<String, String> env = new TreeMap<>(config.env());
        // Buildah adds a PATH, which sealos does not use.
        env.remove("PATH");
        return Stream.of(env, labels, config.cmd(), config.entrypoint(), config.user(), config.workingDir())
                .map(Object::toString)
                .toList();
    }

    /** The files with their attributes and contents, or the first name of the same file. */
    private static List<String> tree(Path root) throws IOException {
        Map<Object, Path> names = new HashMap<>();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(path -> !path.equals(root)).sorted().toList()) {
                Map<String, Object> found =
                        new TreeMap<>(Files.readAttributes(path, "unix:mode,uid,gid,ino", LinkOption.NOFOLLOW_LINKS));
                Path first = names.merge(found.remove("ino"), path, (one, other) -> one);
                String value = Files.isSymbolicLink(path)
                        ? Files.readSymbolicLink(path).toString()
                        : Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
                lines.add(root.relativize(path) + " " + found + " " + value + " "
                        + (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? root.relativize(first) : ""));
            }
        }
        return lines;
    }

    private static Buildah buildah() {
        return new Buildah(shared);
    }
}
