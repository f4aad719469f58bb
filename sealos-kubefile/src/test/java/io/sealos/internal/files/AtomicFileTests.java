package io.sealos.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTests {
    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A stream that fails after its first bytes, as a broken connection or a damaged blob does. */
    private static InputStream breaking() {
        return new SequenceInputStream(new ByteArrayInputStream(bytes("beginning")), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken off");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("broken off");
            }
        });
    }

    private void assertHolds(String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(it -> it.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void writeWhenFileExistsReplacesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "a longer text than the new one");

        AtomicFile.write(file, bytes("one"));
        assertThat(file).hasContent("one");
        AtomicFile.write(file, new ByteArrayInputStream(bytes("two")), directory);
        assertThat(file).hasContent("two");
        assertHolds("file");
    }

    @Test
    void writeWhenStreamBreaksOffKeepsTheFormerFileAndNoPart() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "former");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> AtomicFile.write(file, breaking(), directory))
                .withMessage("broken off");
        assertThat(file).hasContent("former");
        assertHolds("file");
    }

    @Test
    void writeWhenDirectoryIsMissingNamesTheFileAndTheDirectory() throws IOException {
        Path file = directory.resolve("none/file");
        String message =
                file + ": there is no directory " + directory.resolve("none") + "; create it or name another file";

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> AtomicFile.write(file, bytes("a")))
                .withMessage(message);
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(
                        () -> AtomicFile.write(file, new ByteArrayInputStream(bytes("a")), directory.resolve("none")))
                .withMessage(message);
        assertThatExceptionOfType(NoSuchFileException.class)
                .as("the incomplete file lies elsewhere")
                .isThrownBy(() -> AtomicFile.write(file, bytes("a"), directory))
                .withMessage(message);
        assertHolds();
    }

    @Test
    void writeWhenTheParentIsAFileNamesTheFile() throws IOException {
        Path file = Files.writeString(directory.resolve("plain"), "").resolve("file");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> AtomicFile.write(file, bytes("a")))
                .withMessage(file + ": Not a directory");
    }

    @Test
    void moveWhenTheIncompleteFileIsGoneNamesTheFile() {
        Path file = directory.resolve("file");

        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> AtomicFile.move(directory.resolve("part"), file))
                .withMessage(
                        file
                                + ": it cannot be created, or its incomplete file was deleted; check the directory, and try again");
    }

    @Test
    void writeWhenADirectoryHasTheNameKeepsItAndNoPart() throws IOException {
        Path taken = Files.createDirectory(directory.resolve("taken"));
        Files.writeString(taken.resolve("inside"), "");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> AtomicFile.write(taken, bytes("a")))
                .withMessageStartingWith(taken + ": ")
                .withMessageNotContaining(".part");
        assertThat(taken.resolve("inside")).exists();
        assertHolds("taken");
    }

    @Test
    void writeWhenPartsLieElsewhereLeavesNoneThere() throws IOException {
        Path parts = Files.createDirectory(directory.resolve("parts"));

        AtomicFile.write(directory.resolve("file"), bytes("a"), parts);

        assertThat(directory.resolve("file")).hasContent("a");
        assertThat(parts).isEmptyDirectory();
    }

    @Test
    void writeWhenNameIsThatOfAPipeKeepsIt() throws Exception {
        Path pipe = directory.resolve("pipe");
        Path program = Path.of("/usr/bin/mkfifo");
        assumeTrue(Files.isExecutable(program), "no mkfifo");
        assertThat(new ProcessBuilder(program.toString(), pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> AtomicFile.write(pipe, new byte[1]))
                .withMessage(pipe + ": is a device, a pipe or a socket; name a file to be written");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(pipe);
        }
    }
}
