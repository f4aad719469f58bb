package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.SealosException;
import io.sealos.images.ImageReference;
import io.sealos.kubefile.Kubefile;
import io.sealos.kubefile.KubefileParseException;
import io.sealos.layout.LayoutException;
import io.sealos.layout.Severity;
import io.sealos.oci.internal.build.CreatedTime;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterImageTests {
    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void makeDirectories() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
    }

    @Test
    void planWhenContextIsCompleteSaysWhatWouldBeBuilt() throws IOException {
        writeApplication();

        BuildPlan plan = ClusterImage.builder()
                .context(context)
                .tag("labring/app:v1")
                .build()
                .plan();

        assertThat(plan.tags()).map(ImageReference::toString).containsExactly("docker.io/labring/app:v1");
        assertThat(plan.platforms()).map(Object::toString).containsExactly("linux/amd64");
        assertThat(plan.images()).map(ImageReference::toString).containsExactly("registry.example/app:1.0");
        assertThat(plan.layers())
                .map(PlannedLayer::instruction)
                .containsExactly("Kubefile:2: COPY manifests manifests", "Kubefile:3: COPY registry registry");
        assertThat(plan.config().cmd()).containsExactly("kubectl apply -f manifests");
        assertThat(plan.findings()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void writeToWhenNothingIsSavedWritesAValidLayout() throws IOException {
        writeApplication();
        write("registry/docker/registry/v2/blobs/sha256/ab/abc/data", "blob");

        BuildResult done = ClusterImage.builder()
                .context(context)
                .tag("labring/app:v1")
                .saveImages(false)
                .build()
                .writeTo(OciLayout.directory(out));

        OciLayoutVerifier.verify(out).orThrow();
        assertThat(done.layers())
                .map(BuildLayer::description)
                .containsExactly("Kubefile:2: COPY manifests manifests", "Kubefile:3: COPY registry registry");
        assertThat(done.images()).isEmpty();
        assertThat(done.findings()).isEmpty();
    }

    @Test
    void writeToWhenBuiltTwiceGivesTheSameDigest() throws IOException {
        writeApplication();
        Files.createDirectory(context.resolve("registry"));
        ClusterImage image = ClusterImage.builder()
                .context(context)
                .saveImages(false)
                .tag("a/b:1")
                .build();

        BuildResult first = image.writeTo(OciLayout.directory(out));
        BuildResult second = image.writeTo(OciLayout.archive(directory.resolve("out.tar")));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(first.target()).isEqualTo(OciLayout.directory(out));
        assertThat(first.size()).isEqualTo(sizeOf(out.resolve("blobs/sha256")));
        assertThat(second.size()).isEqualTo(first.size());
        assertThat(second)
                .asString()
                .matches("oci-archive:.*out\\.tar: sha256:[0-9a-f]{64}, [0-9.]+ kB, with 0 images")
                .startsWith(second.target() + ": " + second.digest());
    }

    private static long sizeOf(Path blobs) throws IOException {
        try (Stream<Path> files = Files.list(blobs)) {
            return files.mapToLong(blob -> blob.toFile().length()).sum();
        }
    }

    @Test
    void buildWhenOptionsAreGivenAppliesThemLikeTheEngineDoes() throws IOException {
        write("Kubefile", "ARG V=1\nFROM scratch AS base\nARG V\nENV V=$V\nFROM base\nENV W=2\n");

        BuildPlan plan = ClusterImage.builder()
                .context(context)
                .buildArg("V", "given")
                .label("version", "v1")
                .env("MORE", "x")
                .target("base")
                .platform("linux/arm64")
                .build()
                .plan();

        assertThat(plan.config().env())
                .containsEntry("V", "given")
                .containsEntry("MORE", "x")
                .doesNotContainKey("W");
        assertThat(plan.config().labels()).containsEntry("version", "v1");
        assertThat(plan.platforms()).map(Object::toString).containsExactly("linux/arm64");
    }

    @Test
    void buildWhenKubefileIsAnObjectUsesIt() throws IOException {
        write("hello", "hi\n");

        BuildResult done = ClusterImage.builder()
                .context(context)
                .kubefile(Kubefile.builder()
                        .from("scratch")
                        .copy("hello", "/hello")
                        .build())
                .build()
                .writeTo(OciLayout.directory(out));

        assertThat(done.layers()).hasSize(1);
        OciLayoutVerifier.verify(out).orThrow();
    }

    @Test
    void buildWhenThereIsNoBuildFileSaysWhichNamesCount() {
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> ClusterImage.builder().context(context).build())
                .withMessage(context + ": there is no build file: none of Sealfile, Kubefile, Dockerfile,"
                        + " Containerfile; create a Kubefile that begins with 'FROM scratch'");
    }

    @Test
    void buildWhenContextIsNoDirectorySaysSo() throws IOException {
        write("file", "");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> ClusterImage.builder().context(out).build())
                .withMessage(out + ": there is no such directory; check the path");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() ->
                        ClusterImage.builder().context(context.resolve("file")).build())
                .withMessage(context.resolve("file")
                        + ": is not a directory; name the directory that contains the Kubefile");
    }

    @Test
    void buildWhenNamedBuildFileIsMissingSaysSo() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ClusterImage.builder()
                        .context(context)
                        .kubefile(context.resolve("Kubefile.two"))
                        .build())
                .withMessage(context.resolve("Kubefile.two")
                        + ": there is no such build file; check the path given to kubefile(Path)");
    }

    @Test
    void buildWhenRegistryIsCopiedButNoImageIsFoundSaysSo() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY registry registry\n");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> ClusterImage.builder().context(context).build())
                .withMessage("Kubefile:2:1: COPY registry registry: there is no 'registry' in the context " + context
                        + ", and no image was found that could be saved there;"
                        + " add it there, or correct the path");
    }

    @Test
    void buildWhenKubefileHasASyntaxErrorNamesItsPlace() throws IOException {
        write("Kubefile", "FROM scratch\nCOPPY a b\n");

        assertThatExceptionOfType(KubefileParseException.class)
                .isThrownBy(() -> ClusterImage.builder().context(context).build())
                .withMessageContaining("Kubefile:2:1")
                .withMessageContaining("COPY");
    }

    @Test
    void buildWhenSourceIsMissingNamesInstructionAndSource() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY manifest manifests\n");
        write("manifests/pod.yaml", "");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> ClusterImage.builder().context(context).build())
                .withMessage("Kubefile:2:1: COPY manifest manifests: there is no 'manifest' in the context " + context
                        + "; did you mean 'manifests'?");
        assertThat(out).doesNotExist();
    }

    @Test
    void planAndWriteToWhenInstructionsNeedAContainerRefuseAllOfThem() throws IOException {
        write("Kubefile", "FROM scratch\nRUN make\nRUN make install\n");
        ClusterImage image = ClusterImage.builder().context(context).build();

        String place = "Kubefile:2:1";
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .satisfies(e -> assertThat(e.reasons())
                        .hasSize(2)
                        .first()
                        .asString()
                        .isEqualTo(place + ": RUN needs a container to run in; run the command beforehand and COPY what"
                                + " it makes, or let sealos run it with CMD"))
                .satisfies(e -> assertThat(e.parts())
                        .first()
                        .isEqualTo(new SealosException.Part(
                                place,
                                "RUN needs a container to run in",
                                "run the command beforehand and COPY what it makes, or let sealos run it with CMD")));
        assertThatExceptionOfType(BuildRefusedException.class).isThrownBy(image::plan);
        assertThat(out).doesNotExist();
    }

    @Test
    void buildWhenBaseImageHasNoNameOfAnImageRefusesIt() throws IOException {
        write("Kubefile", "FROM a:b:c\nCOPY --from=a@b / /\n");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> ClusterImage.builder().context(context).build())
                .satisfies(
                        e -> assertThat(e.reasons())
                                .hasSize(2)
                                .first()
                                .asString()
                                .isEqualTo(
                                        "Kubefile:1:1: FROM: 'a:b:c' is not an image reference: its tag"
                                                + " 'b:c' must be 1 to 128 letters, digits, '_', '.' or '-', and start with none of"
                                                + " the last two; write REGISTRY/REPOSITORY:TAG, such as docker.io/library/nginx:1.25"));
    }

    @Test
    void buildWhenFindingIsSevereEnoughFails() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY . /\n");

        assertThat(ClusterImage.builder().context(context).build().plan().findings())
                .hasSize(1);
        assertThatExceptionOfType(LayoutException.class)
                .isThrownBy(() -> ClusterImage.builder()
                        .context(context)
                        .failOn(Severity.WARNING)
                        .build());
    }

    @Test
    void buildWhenThereIsNoContextSaysWhatToCall() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> ClusterImage.builder().build())
                .withMessage(
                        "there is no context; call context(Path) with the directory to build, or give its files, such as"
                                + " with file(String, String)");
    }

    @Test
    void writeToWhenImageCannotBeSavedNamesItAndLeavesNothing() throws IOException {
        writeApplication();
        ClusterImage image = ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(TestRegistries.unreachable("registry.example"))
                .build();

        assertThatExceptionOfType(ImageSaveException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .withMessageContaining("registry.example/app:1.0")
                .withMessageContaining("manifests/pod.yaml:8");
        assertThat(out).doesNotExist();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsOnly("context", "store");
        }
    }

    @Test
    void parseWhenSourceDateEpochIsNoNumberSaysSo() {
        assertThat(CreatedTime.parse("1700000000")).isEqualTo(1_700_000_000L);
        assertThat(CreatedTime.parse(null)).isZero();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> CreatedTime.parse("yesterday"))
                .withMessage("SOURCE_DATE_EPOCH is 'yesterday'; it has to be a number of seconds since 1970");
    }

    private void writeApplication() throws IOException {
        write("Kubefile", """
                FROM scratch
                COPY manifests manifests
                COPY registry registry
                CMD ["kubectl apply -f manifests"]
                """);
        write(
                "manifests/pod.yaml",
                String.join(
                        "\n",
                        List.of(
                                "apiVersion: v1",
                                "kind: Pod",
                                "metadata:",
                                "  name: app",
                                "spec:",
                                "  containers:",
                                "    - name: app",
                                "      image: registry.example/app:1.0",
                                "")));
    }

    private void write(String path, String content) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
