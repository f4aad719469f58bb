package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts in file systems other than the default one, compared with the same files on disk. */
class ContextFileSystemTests {
    @TempDir
    Path directory;

    @Test
    void contextWhenInJimfsWithModesGivesTheResultsOfTheDisk() throws IOException {
        Configuration unix = Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build();
        ContextResult onDisk = onDisk(FileModes.AS_FOUND);

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
        ContextResult onDisk = onDisk(FileModes.NORMALIZED);
        try (FileSystem system = Jimfs.newFileSystem(rules)) {
            Path context =
                    new ApplicationFiles().without(ApplicationFiles.PROGRAM).writeTo(system.getPath(path));

            assertSame(ContextResult.of(context, directory.resolve("out"), FileModes.NORMALIZED), onDisk);
        }
    }

    @Test
    void contextWhenInAZipWithModesGivesTheResultsOfTheDisk() throws IOException {
        ContextResult onDisk = onDisk(FileModes.AS_FOUND);
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
        ContextResult onDisk = onDisk(FileModes.NORMALIZED);
        Path zip = directory.resolve("context.zip");
        try (FileSystem system = zip(zip, Map.of("create", true))) {
            new ApplicationFiles().without(ApplicationFiles.PROGRAM).writeTo(system.getPath("/a/b"));
        }

        try (FileSystem system = zip(zip, Map.of())) {
            assertSame(
                    ContextResult.of(system.getPath("/a/b"), directory.resolve("out"), FileModes.NORMALIZED), onDisk);
        }
    }

    private static FileSystem zip(Path file, Map<String, ?> options) throws IOException {
        return FileSystems.newFileSystem(file, options);
    }

    private ContextResult onDisk(FileModes modes) throws IOException {
        ApplicationFiles files = new ApplicationFiles();
        Path context = (modes == FileModes.AS_FOUND ? files : files.without(ApplicationFiles.PROGRAM))
                .writeTo(directory.resolve("context"));
        return ContextResult.of(context, directory.resolve("out-of-disk"), modes);
    }

    private static void assertSame(ContextResult found, ContextResult expected) {
        assertThat(found.report()).isEqualTo(expected.report());
        assertThat(found.images()).isEqualTo(expected.images());
        assertThat(found.plan()).isEqualTo(expected.plan());
        assertThat(found.digest()).isEqualTo(expected.digest());
    }
}
