package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.createDirectories(context.resolve("images/shim"));
        Files.writeString(context.resolve("images/shim/list"), "registry.example/app:1.0\n");

        assertFails(
                OciLayout.archive(out),
                out + ": is a directory; name a file for the archive, or write an OCI layout",
                "context",
                "out");
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

    private void assertFails(ImageTarget target, String message, String... left) throws IOException {
        ClusterImage image = ClusterImage.builder()
                .context(context)
                .contentStore(directory.resolve("store"))
                .registryAccess(TestRegistries.unreachable("registry.example"))
                .build();

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
