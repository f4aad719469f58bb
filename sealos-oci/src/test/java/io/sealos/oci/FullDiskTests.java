package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sealos.SealosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes to a file system of one mebibyte. Skipped where this user may not mount one. */
class FullDiskTests {
    @TempDir
    private Path directory;

    private Path disk;
    private boolean mounted;
    private ClusterImage image;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        assumeThat(mounted).as("a tmpfs can be mounted").isTrue();
        Path context = Files.createDirectory(directory.resolve("context"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY big small /\n");
        Files.writeString(context.resolve("small"), "small");
        byte[] big = new byte[2 << 20];
        new Random(1).nextBytes(big);
        Files.write(context.resolve("big"), big);
        image = ClusterImage.builder().context(context).saveImages(false).build();
    }

    @AfterEach
    void unmount() throws Exception {
        assertThat(!mounted || run("umount", disk.toString())).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            // There is no such program on this system.
            return false;
        }
    }

    @Test
    void writeToWhenDiskIsFullNamesThePathAndLeavesNothing() throws IOException {
        for (ImageTarget target : List.of(
                OciLayout.directory(disk.resolve("layout")),
                OciLayout.archive(disk.resolve("oci.tar")),
                DockerArchive.file(disk.resolve("docker.tar")))) {
            assertThatExceptionOfType(IOException.class)
                    .as(target.toString())
                    .isThrownBy(() -> image.writeTo(target))
                    .withMessage(target.toString().replaceFirst(".*?:", "")
                            + " cannot be written during 'Kubefile:2: COPY big small /': No space left on device; free space in "
                            + disk
                            + ", or write to another file system");
            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).as(target.toString()).isEmpty();
            }
        }
    }

    /** The layers fit, but not the archive that they are packed into. */
    @Test
    void writeToWhenDiskIsFullAtTheLastNamesTheArchive() throws IOException {
        Files.write(directory.resolve("context/big"), new byte[700 << 10]);
        for (ImageTarget target :
                List.of(OciLayout.archive(disk.resolve("oci.tar")), DockerArchive.file(disk.resolve("docker.tar")))) {
            ClusterImage plain = ClusterImage.builder()
                    .context(directory.resolve("context"))
                    .compression(LayerCompression.NONE)
                    .saveImages(false)
                    .build();
            assertThatExceptionOfType(IOException.class)
                    .as(target.toString())
                    .isThrownBy(() -> plain.writeTo(target))
                    .withMessage(target.toString().replaceFirst(".*?:", "")
                            + " cannot be written: No space left on device; free space in " + disk
                            + ", or write to another file system");
            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).as(target.toString()).isEmpty();
            }
        }
    }

    @Test
    void writeToWhenDiskIsFullLeavesTheLayoutAsItWas() throws IOException {
        Path context = Files.createDirectory(directory.resolve("other"));
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile /\n");
        OciLayout layout = OciLayout.directory(disk.resolve("layout"));
        ClusterImage small =
                ClusterImage.builder().context(context).saveImages(false).build();
        BuildResult before = small.writeTo(layout);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(layout))
                .satisfies(e -> assertThat(SealosException.partsOf(e))
                        .extracting(SealosException.Part::place)
                        .containsExactly(disk.resolve("layout").toString()))
                .withMessage(disk.resolve("layout")
                        + " cannot be written during 'Kubefile:2: COPY big small /': No space left on device; free space in "
                        + disk.resolve("layout")
                        + ", or write to another file system");

        assertThat(OciLayoutVerifier.verify(disk.resolve("layout")).orThrow().notices())
                .isEmpty();
        assertThat(ClusterImage.inspect(layout).digest()).contains(before.digest());
    }
}
