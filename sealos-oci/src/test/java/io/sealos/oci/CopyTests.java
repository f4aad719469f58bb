package io.sealos.oci;

import static io.sealos.oci.WriterFixture.copy;
import static io.sealos.oci.WriterFixture.virtual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.recipe.BuildContext;
import io.sealos.oci.internal.recipe.CopyRecipe;
import io.sealos.oci.internal.recipe.DirectoryRecipe;
import io.sealos.oci.internal.recipe.ImageRecipe;
import io.sealos.oci.internal.recipe.StageRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTests {
    @TempDir
    private Path directory;

    private WriterFixture image;

    @BeforeEach
    void makeContext() throws IOException {
        image = new WriterFixture(directory);
        image.file("a.txt", "a").file("b.txt", "b").file("d/x.sh", "x").file("d/sub/y", "y");
        for (String file : List.of("a.txt", "b.txt", "d/sub/y")) {
            mode(file, "rw-r--r--");
        }
        mode("d/x.sh", "rwx------");
        mode("d/sub", "rwxr-x---");
        mode("d", "rwx------");
    }

    private void mode(String path, String mode) throws IOException {
        Files.setPosixFilePermissions(image.context().resolve(path), PosixFilePermissions.fromString(mode));
    }

    @Test
    void copyWhenSourceIsDirectoryBringsItsContents() throws IOException {
        assertThat(image.entries(image.write(copy("d", "/dst"))))
                .containsExactly("0755 0:0 dst/", "0750 0:0 dst/sub/", "0644 0:0 dst/sub/y y", "0700 0:0 dst/x.sh x");
    }

    @Test
    void copyWhenDestinationIsNewNamesTheFile() throws IOException {
        assertThat(image.entries(image.write(copy("a.txt", "/new/name"))))
                .containsExactly("0755 0:0 new/", "0644 0:0 new/name a");
    }

    @Test
    void copyWhenPatternMatchesBringsEachFile() throws IOException {
        assertThat(image.entries(image.write(copy("[ab].t?t", "/dst/"))))
                .containsExactly("0755 0:0 dst/", "0644 0:0 dst/a.txt a", "0644 0:0 dst/b.txt b");
    }

    @Test
    void copyWhenOwnerAndModeAreGivenSetsThem() throws IOException {
        CopyRecipe copy = copy("a.txt", "/p/f").withChown("8:9").withChmod("4711");
        assertThat(image.entries(image.write(copy))).containsExactly("0755 8:9 p/", "4711 8:9 p/f a");
    }

    @Test
    void copyWhenOwnerIsNamedLooksItUpInTheImage() throws IOException {
        image.file("etc/passwd", "app:x:12:34::/:/bin/sh\n").file("etc/group", "staff:x:50:\n");
        mode("etc/passwd", "rw-r--r--");
        assertThat(image.entries(
                        image.write(copy("etc", "/etc"), copy("a.txt", "/f").withChown("app:staff"))))
                .endsWith("0644 12:50 f a");
    }

    @Test
    void copyWhenLinkLiesInDirectoryKeepsItAndWhenNamedFollowsIt() throws IOException {
        Files.createSymbolicLink(image.context().resolve("d/link"), Path.of("/etc/hostname"));
        Files.createSymbolicLink(image.context().resolve("named"), Path.of("a.txt"));
        assertThat(image.entries(image.write(copy("d", "/d"), copy("named", "/n"))))
                .contains("0777 0:0 d/link -> /etc/hostname", "0644 0:0 n a");
    }

    @Test
    void copyWhenNamedLinkLeadsOutOfTheContextIsRefused() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "s");
        Files.createSymbolicLink(image.context().resolve("absolute"), secret);
        Files.createSymbolicLink(image.context().resolve("relative"), Path.of("../secret"));
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(copy("absolute", "/x"), copy("relative", "/y")))
                .withMessage("Kubefile:2: COPY absolute /x: 'absolute' is a symbolic link to '"
                        + secret.toString().substring(1) + "', which is not in the context " + image.context()
                        + "; put its target there, or replace it with a file\nKubefile:2: COPY relative /y: 'relative' is a symbolic link to 'secret', which is not in"
                        + " the context " + image.context() + "; put its target there, or replace it with a file");
    }

    @Test
    void copyWhenStageIsNamedKeepsItsOwners() throws IOException {
        StageRecipe first = StageRecipe.scratch(copy("d", "/o").withChown("3:4"));
        StageRecipe last = StageRecipe.scratch(copy("/o/x.sh", "/x").withFromStage(0));
        assertThat(image.entries(image.write(ImageRequest.of(image.recipe(List.of(first, last))))))
                .containsExactly("0700 3:4 x x");
    }

    @Test
    void copyWhenVirtualFileHasSamePathWinsOverContext() throws IOException {
        image.file("registry/v2/x", "old").file("registry/v2/kept", "kept");
        BuildContext context = BuildContext.of(image.context())
                .withModes(FileModes.NORMALIZED)
                .withVirtualFiles(List.of(virtual("registry/v2/x", "new"), virtual("registry/more/y", "y")));
        ImageRecipe plain = image.recipe(copy("registry", "/registry"));
        ImageRecipe recipe = ImageRecipe.of(plain.platform(), context, plain.stages(), plain.config());
        assertThat(image.entries(image.write(ImageRequest.of(recipe))))
                .containsExactly(
                        "0755 0:0 registry/",
                        "0755 0:0 registry/more/",
                        "0644 0:0 registry/more/y y",
                        "0755 0:0 registry/v2/",
                        "0644 0:0 registry/v2/kept kept",
                        "0644 0:0 registry/v2/x new");
    }

    @Test
    void copyWhenFileIsExcludedLeavesItOut() throws IOException {
        ImageRecipe recipe = image.recipe(copy("d", "/dst"));
        BuildContext context = recipe.context().withIgnoreRules(path -> path.equals("d/sub/y"));
        ImageRecipe filtered = ImageRecipe.of(recipe.platform(), context, recipe.stages(), recipe.config());
        assertThat(image.entries(image.write(ImageRequest.of(filtered))))
                .containsExactly("0755 0:0 dst/", "0750 0:0 dst/sub/", "0700 0:0 dst/x.sh x");
    }

    @Test
    void copyWhenNamesAreHardLinksStoresTheFileOnce() throws IOException {
        Files.createLink(image.context().resolve("d/z"), image.context().resolve("d/x.sh"));
        assertThat(image.entries(image.write(copy("d", "/d")))).contains("0700 0:0 d/x.sh x", "0700 0:0 d/z = d/x.sh");
    }

    @Test
    void makeDirectoryWhenItExistsBringsNoLayer() throws IOException {
        DirectoryRecipe first = new DirectoryRecipe("/w/x", "5", "Kubefile:2: WORKDIR /w/x");
        var written = image.write(first, new DirectoryRecipe("/w", null, "Kubefile:3: WORKDIR /w"));
        assertThat(image.entries(written)).containsExactly("0755 5:5 w/", "0755 5:5 w/x/");
        assertThat(written.manifests().get(0).layers()).hasSize(1);
    }

    @Test
    void planWhenStepsFailNamesAllOfThemAndWritesNothing() {
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> image.write(
                        copy("a.tx", "/x"),
                        copy("a.txt", "/f"),
                        copy("d", "/f"),
                        copy("a.txt", "/g").withChmod("u+x"),
                        copy("a.txt", "/g").withChown("app"),
                        copy("../../etc/hostname", "/h")))
                .withMessage(String.join(
                        "\n",
                        "Kubefile:2: COPY a.tx /x: there is no 'a.tx' in the context " + image.context()
                                + "; did you mean 'a.txt'?",
                        "Kubefile:2: COPY d /f: the destination '/f' already exists and is not a directory; choose"
                                + " another destination, or leave that file out",
                        "Kubefile:2: COPY a.txt /g: --chmod=u+x is not a mode; write octal digits, such as 755",
                        "Kubefile:2: COPY a.txt /g: --chown=app names a user or group that /etc/passwd and /etc/group"
                                + " of the image do not have; write numbers, such as 1000:1000",
                        "Kubefile:2: COPY ../../etc/hostname /h: there is no '../../etc/hostname' in the context "
                                + image.context() + "; add it there, or correct the path"));
        assertThat(image.layout()).doesNotExist();
    }
}
