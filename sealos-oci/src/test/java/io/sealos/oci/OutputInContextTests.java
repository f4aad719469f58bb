package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs in the context directory: the second build has the digest of the first, or the first is refused. */
class OutputInContextTests {
    @TempDir
    private Path directory;

    private Path context = Path.of("");

    @BeforeEach
    void create() throws IOException {
        context = Files.createDirectories(directory.resolve("context"));
        write("manifests/a.yaml", "kind: List\n");
        write("out/blobs/x.tar", "");
        write("x.tar", "");
    }

    private void write(String path, String text) throws IOException {
        Path file = context.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ClusterImage image(String copy) throws IOException {
        write("Kubefile", "FROM scratch\n" + copy + "\n");
        return ClusterImage.builder().context(context).tag("a/b:1").build();
    }

    private static String refusal(String path) {
        return path + ": the output is in the context directory, and a COPY would copy it into the next image; write it"
                + " elsewhere, or exclude it with a line '" + path + "' in the ignore file, such as .dockerignore";
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            COPY . .,                 new.tar
            COPY . /app,              target/images/new.tar
            ADD *.tar /,              new.tar
            COPY out* /,              out/new
            COPY manifests manifests, manifests/new
            COPY ./out/blobs /,       out/blobs/../blobs/new
            """)
    void writeToWhenACopyWouldCopyTheOutputIsRefusedBeforeAnythingIsWritten(String copy, String output)
            throws IOException {
        ClusterImage image = image(copy);
        Path file = context.resolve(output);
        String path = output.replace("out/blobs/../", "out/");

        for (ImageTarget target :
                List.of(OciLayout.archive(file), OciLayout.directory(file), DockerArchive.file(file))) {
            assertThatExceptionOfType(BuildRefusedException.class)
                    .isThrownBy(() -> image.writeTo(target))
                    .withMessage(refusal(path));
        }
        assertThat(file).doesNotExist();
        assertThat(context.resolve("target")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            COPY . .,                 new.tar,     new.tar
            COPY . .,                 new.tar,     *.tar
            COPY . .,                 target/new,  target
            COPY manifests manifests, new.tar,     ''
            COPY out/blobs /,         out/new,     ''
            COPY *.tar /,             new/a.tar,   ''
            """)
    void writeToWhenNoCopyCopiesTheOutputGivesTheSameDigestAgain(String copy, String output, String ignored)
            throws IOException {
        write(".dockerignore", ignored + "\n");
        Path file = context.resolve(output);
        ImageTarget target = output.endsWith(".tar") ? OciLayout.archive(file) : OciLayout.directory(file);
        BuildResult first = image(copy).writeTo(target);
        BuildResult second = image(copy).writeTo(target);

        assertThat(file).exists();
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.layers()).isEqualTo(first.layers());
    }

    @Test
    void writeToWhenAKilledBuildLeftAStagingDirectoryLeavesItOut() throws IOException {
        ImageTarget target = OciLayout.archive(directory.resolve("a.tar"));
        BuildResult first = image("COPY . .").writeTo(target);
        write(".sealos-staging-1/layout/blobs/sha256/x", "left");

        assertThat(image("COPY . .").writeTo(target).digest()).isEqualTo(first.digest());
    }

    @Test
    void writeToWhenTheOutputIsReachedByALinkLooksWhereItReallyIs() throws IOException {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(context.resolve("link"), elsewhere);
        Files.createSymbolicLink(directory.resolve("back"), context.resolve("manifests"));
        ClusterImage image = image("COPY . .");

        image.writeTo(OciLayout.archive(context.resolve("link/a.tar")));
        assertThat(elsewhere.resolve("a.tar")).exists();
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.archive(directory.resolve("back/a.tar"))))
                .withMessage(refusal("manifests/a.tar"));
    }

    @Test
    void writeToWhenFilesAreLaidOverTheContextRefusesTheOutputBeneath() throws IOException {
        ClusterImage image = ClusterImage.builder()
                .context(context)
                .file("Kubefile", "FROM scratch\nCOPY . .\n")
                .build();
        Path file = context.resolve("new.tar");

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.archive(file)))
                .withMessage(refusal("new.tar"));
    }

    @Test
    void writeToWhenATargetOfTheCallerNamesItsPathRefusesItToo() throws IOException {
        Path file = context.resolve("new.zip");
        ImageTarget target = new ImageTarget() {
            @Override
            public List<Path> paths() {
                return List.of(file);
            }

            @Override
            public void write(ImageOutput image) throws IOException {
                Files.createFile(file);
            }
        };

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image("COPY . .").writeTo(target))
                .withMessage(refusal("new.zip"));
        assertThat(file).doesNotExist();
    }
}
