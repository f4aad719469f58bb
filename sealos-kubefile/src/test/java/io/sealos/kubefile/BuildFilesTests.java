package io.sealos.kubefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sealos.SealosException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildFilesTests {
    @TempDir
    Path temp;

    private Path write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> problems(Path... files) {
        SealosException refused = catchThrowableOfType(
                SealosException.class,
                () -> BuildFiles.parse(temp.resolve("context"), List.of(files)).evaluate(BuildOptions.defaults()));
        return refused.parts().stream().map(SealosException.Part::toString).toList();
    }

    @Test
    void parseNamesFilesRelativeToTheContextAndOthersAsGiven() throws IOException {
        Path inside = write("context/deploy/Kubefile", "FROM scratch\nFOO\n");
        Path outside = write("other/Dockerfile", "BAR\n");

        assertThat(problems(inside, outside))
                .containsExactly(
                        "deploy/Kubefile:2:1: unknown instruction: FOO; correct the word, or put # before the line",
                        outside + ":1:1: unknown instruction: BAR; correct the word, or put # before the line");
    }

    @Test
    void parseWhenThereAreSyntaxErrorsListsWhatElseIsWrongInTheOrderOfTheText() throws IOException {
        Path file = write(
                "context/Kubefile",
                "FROM scratch\nCOPY a\nFOO\nENV A\nVOLUME $A\nSTOPSIGNAL x\nFROM scratch\nEXPOSE\n");

        assertThat(problems(file))
                .containsExactly(
                        "Kubefile:3:1: unknown instruction: FOO; correct the word, or put # before the line",
                        "Kubefile:4:5: ENV has a key without a value; write A=value",
                        "Kubefile:8:1: EXPOSE has no argument; give it one, or remove the instruction");
    }

    @Test
    void parseWhenFromIsMisspeltDoesNotReportWhatFollowsFromIt() throws IOException {
        Path file = write("context/Kubefile", "ARG V=1\nFORM scratch\nCOPY a\nSTOPSIGNAL x\n");

        assertThat(problems(file)).containsExactly("Kubefile:2:1: unknown instruction: FORM; did you mean FROM?");
    }

    @Test
    void parseWhenTheFileIsNoBuildFileSaysWhatItIs() throws IOException {
        byte[] tar = new byte[1024];
        System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
        Path archive = Files.write(write("a.tar", ""), tar);
        write("layout/oci-layout", "{}");
        write("context/Kubefile", "");
        Path layout = temp.resolve("layout");
        Path context = temp.resolve("context");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Kubefile.parse(archive))
                .withMessage(archive + ": is a tar archive and not a build file; name the build file");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Kubefile.parse(layout))
                .withMessage(layout + ": is an OCI layout in a directory and not a file (OciLayout.directory); name the"
                        + " build file");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Kubefile.parse(context))
                .withMessage(context
                        + ": is a context directory and not a file (ClusterImageBuilder.context); name the build file");
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> BuildFiles.find(archive))
                .withMessage(archive
                        + ": is a tar archive and not a directory; an image in an archive is read as such (OciLayout.archive,"
                        + " DockerArchive.file); name the directory that contains the Kubefile");
    }

    @Test
    void parseWhenThereIsNoFileSaysSo() {
        Path missing = temp.resolve("missing");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Kubefile.parse(temp))
                .withMessage(temp + ": is a directory and not a file; name the build file");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> Kubefile.parse(missing))
                .withMessage(missing + ": there is no such file; check the path");
    }

    @Test
    void evaluateWhenVariablesAreInDoubtReportsOnlyWhatDoesNotDependOnThem() throws IOException {
        Path file = write(
                "context/Kubefile",
                "ARG BASE=${x\nFROM $BASE\nFROM scratch\nENV A=${y\nVOLUME $A\nSTOPSIGNAL $A\nVOLUME \"\"\n");

        assertThat(problems(file))
                .hasSize(2)
                .last()
                .isEqualTo("Kubefile:7:1: a volume has no path; write VOLUME /path");
    }

    @Test
    void loadIgnoreRulesWhenAPatternIsMalformedNamesTheFileRelativeToTheContext() throws IOException {
        write("context/.dockerignore", "a\n[\n");

        assertThatExceptionOfType(IgnoreSyntaxException.class)
                .isThrownBy(() -> IgnoreRules.load(temp.resolve("context"), List.of()))
                .satisfies(e -> assertThat(e.parts().get(0).place()).isEqualTo(".dockerignore:2"));
    }
}
