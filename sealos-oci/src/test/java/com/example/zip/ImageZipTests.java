package com.example.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.oci.BuildResult;
import io.sealos.oci.ClusterImage;
import io.sealos.oci.OciLayout;
import io.sealos.oci.OciLayoutVerifier;
import io.sealos.oci.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageZipTests {
    @TempDir
    private Path directory;

    private Path outputs;
    private Path file;

    @BeforeEach
    void makeContext() throws IOException {
        outputs = Files.createDirectory(directory.resolve("outputs"));
        file = outputs.resolve("image.zip");
        Files.createDirectories(directory.resolve("context/manifests"));
        Files.writeString(
                directory.resolve("context/Kubefile"), "FROM scratch\nCOPY manifests manifests\nCOPY Kubefile .\n");
        Files.writeString(directory.resolve("context/manifests/config.yaml"), "kind: ConfigMap\n");
    }

    private ClusterImage image() throws IOException {
        return ClusterImage.builder()
                .context(directory.resolve("context"))
                .contentStore(directory.resolve("store"))
                .tag("team/app:1.0")
                .platform("linux/amd64")
                .platform("linux/arm64")
                .build();
    }

    @Test
    void writeToWhenUnzippedIsAValidLayoutWithTheSameImage() throws IOException {
        BuildResult done = image().writeTo(ImageZip.file(file));

        Path layout = unzip();
        VerificationReport report = OciLayoutVerifier.verify(layout).orThrow();
        assertThat(report.images()).isEqualTo(2);
        assertThat(report.layers()).isEqualTo(4);
        assertThat(report.notices()).isEmpty();
        BuildResult other = image().writeTo(OciLayout.directory(directory.resolve("other")));
        assertThat(done.digest()).isEqualTo(other.digest());
        assertThat(layout.resolve("index.json")).hasSameBinaryContentAs(directory.resolve("other/index.json"));
        assertThat(names(layout)).isEqualTo(names(directory.resolve("other")));
        assertThat(outputs).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void writeToWhenCalledTwiceReplacesTheFileByTheSameBytes() throws IOException {
        Files.writeString(file, "of an earlier image");
        image().writeTo(ImageZip.file(file));
        byte[] first = Files.readAllBytes(file);
        image().writeTo(ImageZip.file(file));

        assertThat(file).hasBinaryContent(first);
    }

    @Test
    void writeToWhenInterruptedInTheMiddleLeavesNothing() throws IOException {
        ClusterImage image = image();
        List<Path> seen = new ArrayList<>();
        ImageZip zip = ImageZip.file(file).listener(blob -> {
            seen.addAll(files(outputs));
            Thread.currentThread().interrupt();
        });

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> image.writeTo(zip))
                .withMessage("interrupted while " + file + " was written");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).singleElement().asString().endsWith(".part");
        assertThat(outputs).isEmptyDirectory();
        assertThat(directory.resolve("store/outgoing")).isEmptyDirectory();
    }

    @Test
    void writeToWhenInterruptedKeepsTheEarlierFile() throws IOException {
        Files.writeString(file, "of an earlier image");
        ClusterImage image = image();
        ImageZip zip =
                ImageZip.file(file).listener(blob -> Thread.currentThread().interrupt());

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> image.writeTo(zip));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("of an earlier image");
        assertThat(files(outputs)).containsExactly(file);
    }

    @Test
    void pathsWhenAskedNameTheFile() {
        assertThat(ImageZip.file(file).paths()).containsExactly(file.toAbsolutePath());
    }

    @Test
    void writeToWhenFileCannotBeMadeIsRefusedAtOnce() throws IOException {
        ClusterImage image = image();
        Path lost = directory.resolve("missing/image.zip");

        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> image.writeTo(ImageZip.file(lost)));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> image.writeTo(ImageZip.file(outputs)))
                .withMessage(outputs + ": is a directory; name a file");
        assertThat(directory.resolve("store")).doesNotExist();
    }

    private Path unzip() throws IOException {
        Path layout = directory.resolve("unzipped");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
                Path target = layout.resolve(entry.getName());
                Files.createDirectories(target.resolveSibling("."));
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, target);
                }
            }
        }
        return layout;
    }

    private static List<String> names(Path layout) throws IOException {
        try (var paths = Files.walk(layout)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> layout.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> files(Path directory) {
        try (var paths = Files.list(directory)) {
            return paths.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
