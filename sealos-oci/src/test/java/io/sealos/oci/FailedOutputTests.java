package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedOutputTests {
    @TempDir
    Path directory;

    private Path context;
    private Path out;

    @BeforeEach
    void writeContext() throws IOException {
        context = Files.createDirectory(directory.resolve("context"));
        out = directory.resolve("out");
        Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY Kubefile /\n");
    }

    @AfterEach
    void clearInterruption() {
        Thread.interrupted();
    }

    @Test
    void writeToWhenParentIsAFileNamesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertFails(
                OciLayout.directory(file.resolve("out")),
                file + ": nothing can be written there: " + file
                        + " is not a directory; name a directory that you may write to",
                "context",
                "file");
    }

    @Test
    void writeToWhenArchiveIsADirectorySaysSo() throws IOException {
        Files.createDirectory(out);
        String message = out + ": is a directory; name a file for the archive, or write an OCI layout";

        assertFails(OciLayout.archive(out), message, "context", "out");
        assertFails(DockerArchive.file(out), message, "context", "out");
    }

    @Test
    void writeToWhenIndexIsBrokenLeavesTheLayoutAsItWas() throws IOException {
        Files.createDirectory(out);
        Files.writeString(out.resolve("oci-layout"), "{}");
        Files.writeString(out.resolve("index.json"), "[");

        assertFails(
                OciLayout.directory(out),
                out.resolve("index.json") + " is not JSON, so the layout is broken; write to another directory",
                "context",
                "out");
        assertThat(names(out)).containsOnly("oci-layout", "index.json");
    }

    @Test
    void writeToWhenTargetCannotBeWrittenAsksNoRegistry() throws IOException {
        Files.createDirectory(out);
        writeList();

        assertFails(
                OciLayout.archive(out),
                out + ": is a directory; name a file for the archive, or write an OCI layout",
                "context",
                "out");
    }

    /** The file system of the JDK's modules is read-only for everyone. */
    @Test
    void writeToWhenFileSystemIsReadOnlyAsksNoRegistry() throws IOException {
        writeList();
        Path readOnly = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        String message = "/modules/new: nothing can be written there: its file system is read-only;"
                + " name a directory that you may write to";

        assertFails(OciLayout.directory(readOnly.resolve("new/out")), message, "context");
        assertFails(OciLayout.archive(readOnly.resolve("new/out.tar")), message, "context");
        assertFails(DockerArchive.file(readOnly.resolve("new/out.tar")), message, "context");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> unreachable().saveRegistry(readOnly.resolve("new")))
                .withMessage(message);
    }

    @Test
    void writeToWhenDirectoryMayNotBeWrittenAsksNoRegistry() throws IOException {
        writeList();
        Files.createDirectory(out);
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(out)).as("permissions hold for this user").isFalse();
        String message = out.resolve("new") + ": nothing can be written there: access is denied to " + out
                + "; name a directory that you may write to";

        assertFails(OciLayout.directory(out.resolve("new/layout")), message, "context", "out");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> unreachable().saveRegistry(out.resolve("new")))
                .withMessage(message);
    }

    @Test
    void saveRegistryWhenItsDirectoryIsInAFileAsksNoRegistry() throws IOException {
        writeList();
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> unreachable().saveRegistry(file.resolve("registry")))
                .withMessage(file.resolve("registry") + ": nothing can be written there: " + file
                        + " is not a directory; name a directory that you may write to");
    }

    @Test
    void writeToWhenPathIsEmptyNamesTheWorkingDirectory() throws IOException {
        Path here = Path.of("").toAbsolutePath();

        assertFails(
                OciLayout.directory(Path.of("")),
                here + ": has files but is not an OCI layout; name an empty or new directory, so nothing is mixed up",
                "context");
        assertFails(
                OciLayout.archive(Path.of("")),
                here + ": is a directory; name a file for the archive, or write an OCI layout",
                "context");
        assertThat(OciLayout.directory(Path.of(""))).hasToString("oci:" + here);
    }

    @Test
    void writeToWhenThreadIsInterruptedStopsAndLeavesNothing() throws IOException {
        ClusterImage image = image();
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(out)))
                .withMessage("interrupted while the image was written");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(directory)).containsOnly("context");
    }

    @Test
    void buildWhenThreadIsInterruptedStopsAndLeavesNothing() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> before = names(temporary);
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(this::image)
                .withMessage("interrupted while the build was checked");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(temporary))
                .filteredOn(name -> !before.contains(name))
                .noneMatch(name -> name.startsWith(".sealos-check-"));
    }

    private ClusterImage image() throws IOException {
        return ClusterImage.builder()
                .context(context)
                .saveImages(false)
                .tag("labring/app:v1")
                .build();
    }

    private void writeList() throws IOException {
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "registry.example/app:1.0\n");
    }

    private ClusterImage unreachable() throws IOException {
        return ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(TestRegistries.unreachable("registry.example"))
                .build();
    }

    private void assertFails(ImageTarget target, String message, String... left) throws IOException {
        ClusterImage image = unreachable();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(target))
                .withMessage(message)
                .isNotInstanceOf(ImageSaveException.class);
        assertThat(names(directory)).filteredOn(name -> !name.equals("store")).containsOnly(left);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
