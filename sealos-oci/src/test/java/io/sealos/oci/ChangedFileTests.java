package io.sealos.oci;

import static io.sealos.oci.WriterFixture.TAG;
import static io.sealos.oci.WriterFixture.copy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.StepRecipe;
import io.sealos.oci.internal.tree.TreePlanner;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that change between the moment in which they are looked at and the end of the build. */
@Timeout(60)
class ChangedFileTests {
    @TempDir
    private Path directory;

    private WriterFixture image;
    private Path file;

    @BeforeEach
    void makeContext() throws IOException {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        image = new WriterFixture(directory).file("file", "before");
        file = image.context().resolve("file");
        // Whatever the clock of the file system, a change that comes later can be told.
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    }

    private ImageRequest planned(StepRecipe... steps) throws IOException {
        ImageRecipe recipe = image.recipe(steps);
        return ImageRequest.of(recipe, TAG)
                .withPlans(
                        TreePlanner.planAll(List.of(recipe), () -> Files.createDirectories(directory.resolve("tmp"))));
    }

    private void assertRefused(ImageRequest request, Class<? extends IOException> type, String message) {
        assertThatExceptionOfType(type).isThrownBy(() -> image.write(request)).withMessageContaining(file + message);
        assertThat(image.layout().resolve("index.json")).doesNotExist();
    }

    @Test
    void writeWhenFileWasRewrittenAtTheSameSizeIsRefused() throws IOException {
        ImageRequest request = planned(copy("file", "/x"));
        Files.writeString(file, "behind");
        assertRefused(
                request, IOException.class, " changed while it was read for /x; build again when nothing writes to it");
    }

    @Test
    void writeWhenArchiveWasRewrittenAtTheSameSizeIsRefused() throws IOException {
        byte[] tar = TestBase.tar("f 0644 0:0 member content");
        Files.write(file, tar);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        ImageRequest request = planned(CopyRecipe.add(List.of("file"), "/x/", "Kubefile:2: ADD file /x/"));
        Files.write(file, tar);
        assertRefused(
                request,
                IOException.class,
                ":member changed while it was read for /x/member; build again when nothing writes to it");
    }

    @Test
    void writeWhenPipeHasTakenThePlaceOfTheFileIsRefused() throws Exception {
        ImageRequest request = planned(copy("file", "/x"));
        Files.delete(file);
        assumeThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .as("mkfifo")
                .isZero();
        assertRefused(
                request,
                FileSystemException.class,
                ": was a file before, and is no longer one; build again when nothing writes to it");
    }

    @Test
    void buildWhenBuildFileLeadsOutOfTheContextNeitherReadsNorQuotesIt() throws IOException {
        Path outside = Files.writeString(directory.resolve("secret"), "root:x:0:0\n");
        Path link = Files.createSymbolicLink(image.context().resolve("Kubefile"), outside);
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(
                        () -> ClusterImage.builder().context(image.context()).build())
                .withMessage("Kubefile: the build file is a symbolic link that leads out of the context, and is not"
                        + " followed; put the file itself there, or name it with kubefile(Path)");

        Files.writeString(outside, "FROM scratch\nCOPY file /x\n");
        ClusterImage named = ClusterImage.builder()
                .context(image.context())
                .kubefile(link)
                .saveImages(false)
                .build();
        assertThat(named.plan().layers()).hasSize(1);
    }

    @Test
    void writeWhenNothingIsCopiedHasOneEmptyLayer() throws IOException {
        Files.writeString(image.context().resolve("Kubefile"), "FROM scratch\nENV A=1\nLABEL b=2\n");
        BuildResult done = ClusterImage.builder()
                .context(image.context())
                .saveImages(false)
                .contentStore(directory.resolve("store"))
                .build()
                .writeTo(OciLayout.directory(image.layout()));
        OciLayoutVerifier.verify(image.layout()).orThrow();
        assertThat(done.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.description()).isEqualTo("FROM scratch");
            // That of an empty tar, which Docker and buildah know.
            assertThat(layer.diffId())
                    .hasToString("sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef");
        });
    }
}
