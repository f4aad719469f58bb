package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The library is found damaged as long as something can have touched it, and is read no longer than that. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class EngineLibraryTests {
    @TempDir
    Path folder;

    private Path cache;
    private Path work;

    @BeforeEach
    void makeFolders() throws IOException {
        cache = folder.resolve("cache");
        work = Files.createDirectory(folder.resolve("work"));
    }

    @Test
    void fileWhenLibraryIsNewKeepsNoStateYet() throws IOException {
        Path library = library();

        assertThat(names()).containsExactly(library.getFileName().toString());
    }

    @Test
    void fileWhenLibraryHadRestKeepsItsState() throws Exception {
        Path library = keptLibrary();

        assertThat(names()).containsExactly(library.getFileName().toString(), library.getFileName() + ".checked");
        assertThat(new CheckedLibrary(library).isUntouched()).isTrue();
    }

    @Test
    void fileWhenLibraryWasDamagedUnpacksItAnew() throws Exception {
        Path library = keptLibrary();
        FileTime modified = Files.getLastModifiedTime(library);
        long size = Files.size(library);
        try (SeekableByteChannel channel = Files.newByteChannel(library, StandardOpenOption.WRITE)) {
            channel.position(size / 2).write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        }
        Files.setLastModifiedTime(library, modified);
        byte[] damaged = middle(library);

        assertThat(new CheckedLibrary(library).isUntouched()).isFalse();
        assertThat(middle(library())).isNotEqualTo(damaged);
    }

    @Test
    void fileWhenLibraryWasReplacedUnpacksItAnew() throws Exception {
        Path library = keptLibrary();
        Path other = Files.writeString(folder.resolve("other"), "no library");
        Files.move(other, library, StandardCopyOption.REPLACE_EXISTING);

        assertThat(Files.size(library())).isGreaterThan(1_000_000);
    }

    @Test
    void fileWhenLibraryIsGoneUnpacksItAnew() throws Exception {
        Files.delete(keptLibrary());

        assertThat(library()).exists();
    }

    @Test
    void fileWhenRecordIsDamagedReadsTheLibrary() throws Exception {
        Path library = keptLibrary();
        Files.writeString(record(library), "");

        assertThat(library()).isEqualTo(library);
        assertThat(new CheckedLibrary(library).isUntouched()).isTrue();
    }

    @Test
    void fileWhenRecordCannotBeReplacedGoesOn() throws Exception {
        Path library = keptLibrary();
        Files.delete(record(library));
        Files.createDirectories(record(library).resolve("in-the-way"));

        assertThat(library()).isEqualTo(library);
        assertThat(names()).containsExactly(library.getFileName().toString(), library.getFileName() + ".checked");
    }

    private Path library() throws IOException {
        return new EngineLibrary(cache, work).file();
    }

    private Path keptLibrary() throws Exception {
        library();
        Thread.sleep(200);
        return library();
    }

    private static Path record(Path library) {
        return library.resolveSibling(library.getFileName() + ".checked");
    }

    private static byte[] middle(Path library) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(library)) {
            ByteBuffer bytes = ByteBuffer.allocate(4);
            channel.position(channel.size() / 2).read(bytes);
            return bytes.array();
        }
    }

    private String[] names() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(it -> it.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }
}
