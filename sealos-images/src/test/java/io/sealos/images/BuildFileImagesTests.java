package io.sealos.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that the build file of a rootfs names itself. */
class BuildFileImagesTests {
    @TempDir
    private Path context;

    @Test
    void findsLvscareAndPauseWhenKubefileIsRootfs() throws IOException {
        assertThat(scan("""
                        FROM scratch
                        LABEL sealos.io.type=rootfs image=ghcr.io/a/lvscare:v4.1.3
                        ENV criData=/var/lib \\
                            sandboxImage=pause:3.7
                        """).occurrences())
                .extracting(ImageOccurrence::toString)
                .containsExactly(
                        "ghcr.io/a/lvscare:v4.1.3 LIKELY by kubefile at Kubefile:2 image",
                        "registry.k8s.io/pause:3.7 LIKELY by kubefile at Kubefile:3 sandboxImage");
    }

    @Test
    void findsNothingWhenKubefileNamesNoImages() throws IOException {
        ImageInventory inventory = scan("FROM scratch\nENV image=a/b:1\nCMD [\"run a/c:1\"]\n");
        assertThat(inventory.occurrences()).isEmpty();
        assertThat(inventory.problems()).isEmpty();
    }

    @Test
    void reportsProblemWhenKubefileDoesNotParse() throws IOException {
        assertThat(scan("FORM scratch\n").problems()).singleElement().satisfies(it -> {
            assertThat(it.file()).isEqualTo("Kubefile");
            assertThat(it.message())
                    .startsWith("the build file has mistakes, so the images ")
                    .contains("FORM");
        });
    }

    @Test
    void reportsProblemWhenKubefileIsHuge() throws IOException {
        assertThat(scan("# " + "x".repeat(10_000_000) + "\nFROM scratch\nLABEL image=a/b:1\n")
                        .problems())
                .extracting(ScanProblem::toString)
                .containsExactly("Kubefile: the build file is larger than 10000000 bytes, so the images that it names"
                        + " and the values that it installs charts with are not known");
    }

    @Test
    void reportsProblemWhenKubefileLeadsOutOfTheContext(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret"), "FORM secret\n");
        Files.createSymbolicLink(context.resolve("Kubefile"), secret);
        assertThat(ImageScanner.builder().build().scan(context).problems())
                .extracting(ScanProblem::toString)
                .containsExactly(
                        "Kubefile: the build file is a link that leads out of the directory, and is not read, so"
                                + " the images that it names and the values that it installs charts with are not known");
    }

    private ImageInventory scan(String kubefile) throws IOException {
        Files.writeString(context.resolve("Kubefile"), kubefile);
        return ImageScanner.builder().build().scan(context);
    }
}
