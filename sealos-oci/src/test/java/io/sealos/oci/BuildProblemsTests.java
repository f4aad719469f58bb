package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealos.SealosException;
import io.sealos.images.ImageScanner;
import io.sealos.layout.LayoutValidator;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildProblemsTests {
    private static final String RUN = "RUN needs a container to run in; run the command beforehand and COPY what it"
            + " makes, or let sealos run it with CMD";
    private static final String ABSENT = "; add it there, or correct the path";

    @TempDir
    Path temp;

    private Path context;

    @BeforeEach
    void makeContext() throws IOException {
        context = Files.createDirectory(temp.toRealPath().resolve("context"));
    }

    private void write(String name, String text) throws IOException {
        Path file = context.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ClusterImageBuilder builder() {
        return ClusterImage.builder().context(context);
    }

    private static List<String> parts(ThrowingCallable call) {
        return catchThrowableOfType(SealosException.class, call).parts().stream()
                .map(SealosException.Part::toString)
                .toList();
    }

    private String missing(String source) {
        return "there is no '" + source + "' in the context " + context + ABSENT;
    }

    @Test
    void buildWhenThereIsNoBuildFileIsRefusedWithPlaceProblemAndFix() {
        String problem = "there is no build file: none of Sealfile, Kubefile, Dockerfile, Containerfile";
        String fix = "create a Kubefile that begins with 'FROM scratch'";

        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> builder().build())
                .satisfies(e -> assertThat(e.parts())
                        .containsExactly(new SealosException.Part(context.toString(), problem, fix)))
                .withMessage(context + ": " + problem + "; " + fix);
        assertThatExceptionOfType(BuildRefusedException.class)
                .isThrownBy(() -> ClusterImage.builder().file("a", "").build())
                .withMessage("the given files: " + problem + "; " + fix);
    }

    @Test
    void buildWhenInstructionsCannotBeExecutedListsAllInTheirOrder() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY one /one\nCOPY --from=9 /x /x\nCOPY two /two\n");

        assertThat(parts(() -> builder().build()))
                .containsExactly(
                        "Kubefile:2:1: COPY one /one: " + missing("one"),
                        "Kubefile:3:1: COPY: --from=9 names no earlier stage; name a stage that stands before this one",
                        "Kubefile:4:1: COPY two /two: " + missing("two"));
    }

    @Test
    void planWhenAnInstructionNeedsAContainerListsAllThatCannotBeExecuted() throws IOException {
        write("Kubefile", """
                FROM scratch AS made
                RUN make
                COPY one /one
                COPY Kubefile /file
                FROM scratch
                COPY --from=made /out /out
                COPY --from=9 /x /x
                COPY two /two
                """);

        assertThat(parts(() -> builder().build().plan()))
                .containsExactly(
                        "Kubefile:2:1: " + RUN,
                        "Kubefile:3:1: COPY one /one: " + missing("one"),
                        "Kubefile:7:1: COPY: --from=9 names no earlier stage; name a stage that stands before this one",
                        "Kubefile:8:1: COPY two /two: " + missing("two"));
    }

    @Test
    void buildWhenOnlyRunCannotBeExecutedLeavesTheRefusalToPlanAndWrite() throws IOException {
        write("Kubefile", "FROM scratch\nRUN rm /a && mkdir /a\nCOPY Kubefile /a/b\n");

        ClusterImage image = builder().build();

        assertThat(image.saveRegistry(temp.resolve("registry")).entries()).isEmpty();
        assertThat(parts(image::plan)).containsExactly("Kubefile:2:1: " + RUN);
        assertThat(parts(() -> image.writeTo(OciLayout.directory(temp.resolve("out")))))
                .containsExactly("Kubefile:2:1: " + RUN);
    }

    @Test
    void buildWhenACopyFailsDoesNotReportWhatMayFollowFromIt() throws IOException {
        write("Kubefile", """
                FROM scratch AS first
                COPY one /one
                FROM scratch
                COPY --from=first /one /one
                FROM first
                COPY --from=1 /one /one
                COPY --from=first /one /two
                """);

        assertThat(parts(() -> builder().build())).containsExactly("Kubefile:2:1: COPY one /one: " + missing("one"));
    }

    @Test
    void buildWhenTheBuildFileIsElsewhereNamesItRelativeToTheContextOrAsGiven() throws IOException {
        write("deploy/Kubefile", "FROM scratch\nCOPY one /one\nCOPY --from=9 /x /x\n");
        Path outside = Files.copy(context.resolve("deploy/Kubefile"), temp.resolve("Outside"));

        assertThat(parts(() ->
                        builder().kubefile(context.resolve("deploy/Kubefile")).build()))
                .containsExactly(
                        "deploy/Kubefile:2:1: COPY one /one: " + missing("one"),
                        "deploy/Kubefile:3:1: COPY: --from=9 names no earlier stage; name a stage that stands before"
                                + " this one");
        assertThat(parts(() -> builder().kubefile(outside).build()))
                .first()
                .isEqualTo(temp.resolve("Outside") + ":2:1: COPY one /one: " + missing("one"));
    }

    @Test
    void buildWhenFilesAreGivenNamesThemByTheirPaths() {
        assertThat(parts(() -> ClusterImage.builder()
                        .file("Kubefile", "FROM scratch\nCOPY one /one\n")
                        .build()))
                .containsExactly("Kubefile:2:1: COPY one /one: there is no 'one' in the given files" + ABSENT);
        assertThat(parts(() -> ClusterImage.builder()
                        .file("Kubefile", "FROM scratch\nFOO\nCOPY a\n")
                        .build()))
                .containsExactly(
                        "Kubefile:2:1: unknown instruction: FOO; correct the word, or put # before the line",
                        "Kubefile:3:1: COPY needs a source and a destination; write COPY a a");
    }

    @Test
    void callsWhenThePathIsOfAnotherKindSayWhichCallTakesIt() throws IOException {
        write("Kubefile", "FROM scratch\nCOPY a /a\n");
        write("a", "");
        Path archive = temp.resolve("image.tar");
        Path layout = temp.resolve("layout");
        builder().build().writeTo(OciLayout.archive(archive));
        builder().build().writeTo(OciLayout.directory(layout));
        String tar = archive
                + ": is a tar archive and not a directory; an image in an archive is read as such (OciLayout.archive,"
                + " DockerArchive.file); ";

        assertThat(OciLayoutVerifier.verify(archive).mismatches())
                .containsExactly(tar + "name the directory of a layout");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> ClusterImage.builder().context(archive).build(),
                () -> LayoutValidator.standard().validate(archive),
                () -> ImageScanner.builder().build().scan(archive))) {
            assertThatExceptionOfType(NotDirectoryException.class)
                    .isThrownBy(call)
                    .withMessage(tar + "name the directory that contains the Kubefile");
        }
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> builder().build().saveRegistry(archive))
                .withMessage(tar + "name a directory for the registry files");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> builder().kubefile(layout).build())
                .withMessage(layout + ": is an OCI layout in a directory and not a file (OciLayout.directory); name the"
                        + " build file");
    }

    @Test
    void inspectWhenThePathIsAContextSaysWhichCallBuildsIt() throws IOException {
        write("Kubefile", "FROM scratch\n");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.archive(context)))
                .withMessage(context
                        + " is a directory, not an archive; build an image from it (ClusterImageBuilder.context)");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterImage.inspect(OciLayout.directory(context)))
                .withMessage(
                        context
                                + " is not an OCI layout, because it has no index.json; build an image from it (ClusterImageBuilder.context)");
    }
}
