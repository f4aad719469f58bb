package io.sealos.images.internal.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sealos.internal.files.FileSnapshot;
import java.io.IOException;
import java.net.URL;
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
    private static final byte[] DAMAGE = {1, 2, 3, 4};

    @TempDir
    Path directory;

    private Path cache;
    private Path work;
    private URL url;

    @BeforeEach
    void makeDirectories() throws IOException {
        url = EngineAssumption.library();
        cache = directory.resolve("cache");
        work = Files.createDirectory(directory.resolve("work"));
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
        assertThat(new CheckedFile(library).isUntouched()).isTrue();
    }

    @Test
    void fileWhenLibraryWasDamagedUnpacksItAnew() throws Exception {
        Path library = keptLibrary();
        FileTime modified = Files.getLastModifiedTime(library);
        byte[] damaged = damage(library, Files.size(library) / 2);
        Files.setLastModifiedTime(library, modified);

        assertThat(new CheckedFile(library).isUntouched()).isFalse();
        library();
        assertThat(bytes(library, Files.size(library) / 2)).isNotEqualTo(damaged);
    }

    @Test
    void fileWhenLibraryIsUntouchedDoesNotReadIt() throws Exception {
        Path library = damagedLibrary();

        assertThat(library()).isEqualTo(library);
        assertThat(bytes(library, 0)).isEqualTo(DAMAGE);
    }

    @Test
    void loadWhenLibraryIsDamagedLetsTheNextStartReadIt() throws Exception {
        Path library = damagedLibrary();

        assertThatExceptionOfType(UnsatisfiedLinkError.class).isThrownBy(() -> load(library));
        assertThat(bytes(library(), 0)).isNotEqualTo(DAMAGE);
    }

    @Test
    void forgetAllWhenStatesAreKeptRemovesThem() throws Exception {
        Path library = keptLibrary();

        CheckedFile.forgetAll(cache);
        CheckedFile.forgetAll(directory.resolve("none"));

        assertThat(names()).containsExactly(library.getFileName().toString());
    }

    @Test
    void loadWhenStateCannotBeRemovedStillSaysWhatIsWrong() throws Exception {
        Path library = damagedLibrary();
        Files.delete(record(library));
        Files.createDirectories(record(library).resolve("in-the-way"));

        assertThatExceptionOfType(UnsatisfiedLinkError.class)
                .isThrownBy(() -> load(library))
                .withMessageContaining(library.getFileName().toString());
        CheckedFile.forgetAll(cache);
        assertThat(record(library)).isDirectory();
    }

    @Test
    void keepWhenLibraryChangedMeanwhileKeepsNothing() throws Exception {
        Path library = keptLibrary();
        CheckedFile checked = new CheckedFile(library);
        Files.delete(record(library));
        String found = checked.restingState().orElseThrow();
        damage(library, 0);
        rest();
        checked.keep(found);

        assertThat(names()).containsExactly(library.getFileName().toString());
    }

    @Test
    void fileWhenLibraryWasReplacedUnpacksItAnew() throws Exception {
        Path library = keptLibrary();
        Path other = Files.writeString(directory.resolve("other"), "no library");
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
        assertThat(new CheckedFile(library).isUntouched()).isTrue();
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
        return new EngineLibrary(new EngineCache(cache, work)).file(url);
    }

    private void load(Path library) throws IOException {
        EngineFiles.find(cache, work).load(library);
    }

    /** Waits until a file that is changed now counts as unchanged. */
    private static void rest() throws Exception {
        Path newest = Files.createTempFile("newest-", "");
        while (FileSnapshot.of(newest).settledState().isEmpty()) {
            Thread.sleep(5);
        }
        Files.delete(newest);
    }

    private Path keptLibrary() throws Exception {
        library();
        rest();
        return library();
    }

    private static Path record(Path library) {
        return library.resolveSibling(library.getFileName() + ".checked");
    }

    /** One that is damaged in a way that its state does not show. */
    private Path damagedLibrary() throws Exception {
        Path library = keptLibrary();
        damage(library, 0);
        rest();
        CheckedFile checked = new CheckedFile(library);
        checked.keep(checked.restingState().orElseThrow());
        assertThat(checked.isUntouched()).isTrue();
        return library;
    }

    private static byte[] damage(Path library, long at) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(library, StandardOpenOption.WRITE)) {
            channel.position(at).write(ByteBuffer.wrap(DAMAGE));
        }
        return DAMAGE;
    }

    private static byte[] bytes(Path library, long at) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(library)) {
            ByteBuffer bytes = ByteBuffer.allocate(DAMAGE.length);
            channel.position(at).read(bytes);
            return bytes.array();
        }
    }

    private String[] names() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(it -> it.getFileName().toString()).sorted().toArray(String[]::new);
        }
    }
}
