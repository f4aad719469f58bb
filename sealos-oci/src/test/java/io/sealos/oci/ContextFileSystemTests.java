package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.sealos.layout.ClusterImageLayout;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts in file systems other than the default one, compared with the same files on disk. */
class ContextFileSystemTests {
    @TempDir
    private static Path disk;

    private static ContextResult onDisk;
    private static ContextResult onDiskWithNormalizedModes;

    @TempDir
    Path directory;

    @BeforeAll
    static void buildOnDisk() throws IOException {
        Path context = new ApplicationFiles().writeTo(disk.resolve("context"));
        onDisk = ContextResult.of(context, disk.resolve("out"));
        // The file systems without modes cannot say which file is executable.
        Path plain = new ApplicationFiles().without(ApplicationFiles.PROGRAM).writeTo(disk.resolve("plain"));
        onDiskWithNormalizedModes = ContextResult.of(plain, disk.resolve("out-normalized"), FileModes.NORMALIZED);
    }

    @Test
    void contextWhenInJimfsWithModesGivesTheResultsOfTheDisk() throws IOException {
        Configuration unix = Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build();

        try (FileSystem system = Jimfs.newFileSystem(unix)) {
            Path context = new ApplicationFiles().writeTo(system.getPath("/work/context"));

            assertSame(ContextResult.of(context, directory.resolve("out")), onDisk);
        }
    }

    @Test
    void contextWhenInJimfsWithTheRulesOfMacOsGivesTheResultsOfTheDisk() throws IOException {
        contextWithoutModes(Configuration.osX(), "/work/context");
    }

    @Test
    void contextWhenInJimfsWithTheRulesOfWindowsGivesTheResultsOfTheDisk() throws IOException {
        contextWithoutModes(Configuration.windows(), "C:\\work\\context");
    }

    private void contextWithoutModes(Configuration rules, String path) throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(rules)) {
            Path context =
                    new ApplicationFiles().without(ApplicationFiles.PROGRAM).writeTo(system.getPath(path));

            assertSame(
                    ContextResult.of(context, directory.resolve("out"), FileModes.NORMALIZED),
                    onDiskWithNormalizedModes);
        }
    }

    @Test
    void contextWhenInAZipWithModesGivesTheResultsOfTheDisk() throws IOException {
        Path zip = directory.resolve("context.zip");
        try (FileSystem system = zip(zip, Map.of("create", true, "enablePosixFileAttributes", true))) {
            new ApplicationFiles().writeTo(system.getPath("/app"));
        }

        try (FileSystem system = zip(zip, Map.of("enablePosixFileAttributes", true))) {
            assertSame(ContextResult.of(system.getPath("/app"), directory.resolve("out")), onDisk);
        }
    }

    @Test
    void contextWhenInAZipWithoutModesGivesTheResultsOfTheDisk() throws IOException {
        Path zip = directory.resolve("context.zip");
        try (FileSystem system = zip(zip, Map.of("create", true))) {
            new ApplicationFiles().without(ApplicationFiles.PROGRAM).writeTo(system.getPath("/a/b"));
        }

        try (FileSystem system = zip(zip, Map.of())) {
            assertSame(
                    ContextResult.of(system.getPath("/a/b"), directory.resolve("out"), FileModes.NORMALIZED),
                    onDiskWithNormalizedModes);
        }
    }

    private static FileSystem zip(Path file, Map<String, ?> options) throws IOException {
        return FileSystems.newFileSystem(file, options);
    }

    @Test
    void writeToWhenTheFileSystemOfTheContextIsClosedSaysSo() throws IOException {
        ClusterImage image;
        try (FileSystem system = Jimfs.newFileSystem(Configuration.unix())) {
            Path context = system.getPath("/work");
            Files.writeString(Files.createDirectories(context).resolve("Kubefile"), "FROM scratch\nCOPY . .\n");
            image = ContextResult.builder(context).build();
        }

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> image.writeTo(OciLayout.directory(directory.resolve("out"))))
                .withMessage("a file system that the image needs, such as that of the context, is closed; close it"
                        + " after the image was written");
    }

    @Test
    void writeToWhenAFileHasOtherBytesAndTheSameTimesWritesThem() throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            Path context = Files.createDirectories(system.getPath("/work"));
            Path file = Files.writeString(context.resolve("file"), "1");
            Files.writeString(context.resolve("Kubefile"), "FROM scratch\nCOPY file /\n");
            FileTime time = FileTime.fromMillis(1_000_000);
            Files.setLastModifiedTime(file, time);
            String first = digest(context);
            Files.writeString(file, "2");
            Files.setLastModifiedTime(file, time);

            assertThat(digest(context)).isNotEqualTo(first);
        }
    }

    private String digest(Path context) throws IOException {
        return ContextResult.builder(context)
                .build()
                .writeTo(OciLayout.directory(directory.resolve("out")))
                .digest()
                .toString();
    }

    @Test
    void ignoreFileWhenMalformedNamesItsPlace() throws IOException {
        try (FileSystem system = Jimfs.newFileSystem(Configuration.windows())) {
            Path context =
                    new ApplicationFiles().with(".dockerignore", "a/b[\n").writeTo(system.getPath("C:\\x"));

            assertThat(unreadable(context))
                    .isEqualTo(unreadable(new ApplicationFiles()
                            .with(".dockerignore", "a/b[\n")
                            .given()
                            .path()));
            assertThat(unreadable(context)).contains(".dockerignore:1: malformed pattern 'a/b['");
        }
    }

    private static String unreadable(Path context) throws IOException {
        return String.valueOf(ClusterImageLayout.open(context).unreadable().get("."));
    }

    private static void assertSame(ContextResult found, ContextResult expected) {
        assertThat(found.report()).isEqualTo(expected.report());
        assertThat(found.images()).isEqualTo(expected.images());
        assertThat(found.plan()).isEqualTo(expected.plan());
        assertThat(found.digest()).isEqualTo(expected.digest());
    }
}
