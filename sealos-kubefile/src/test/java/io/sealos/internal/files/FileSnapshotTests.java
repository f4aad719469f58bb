package io.sealos.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotTests {
    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("unix");
        Files.createDirectories(directory.resolve("a/deep"));
        Files.createDirectories(directory.resolve("b"));
        Files.writeString(directory.resolve("a/deep/file"), "1");
        Files.writeString(directory.resolve("b/file"), "22");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("b"));
        rest();
    }

    /** Waits until a file that is changed now counts as unchanged. */
    private static void rest() throws IOException, InterruptedException {
        Path newest = Files.createTempFile("newest-", "");
        while (FileSnapshot.of(newest).settledState().isEmpty()) {
            Thread.sleep(5);
        }
        Files.delete(newest);
    }

    private FileSnapshot seen() throws IOException {
        FileSnapshot root = FileSnapshot.ofDirectory(directory);
        lookBelow(root);
        return root;
    }

    private static void lookBelow(FileSnapshot entry) throws IOException {
        if (entry.kind() == FileSnapshot.Kind.DIRECTORY) {
            for (FileSnapshot one : entry.entries()) {
                lookBelow(one);
            }
        }
    }

    private static FileSnapshot child(FileSnapshot entry, String name) throws IOException {
        return entry.entries().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void entriesWhenDirectoryHasManyKindsTellsThemSortedByName() throws IOException {
        List<FileSnapshot> entries = FileSnapshot.ofDirectory(directory).entries();

        assertThat(entries).map(FileSnapshot::name).containsExactly("a", "b", "link");
        assertThat(entries)
                .map(FileSnapshot::kind)
                .containsExactly(FileSnapshot.Kind.DIRECTORY, FileSnapshot.Kind.DIRECTORY, FileSnapshot.Kind.LINK);
        assertThat(child(entries.get(1), "file").size()).isEqualTo(2);
        assertThat(child(entries.get(1), "file").path()).isEqualTo(directory.resolve("b/file"));
        assertThat(entries.get(2)).hasToString(directory.resolve("link").toString());
    }

    @Test
    void modeWhenFileHasOneIsThatWithoutTheKind() throws IOException {
        Path file = directory.resolve("b/file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

        assertThat(FileSnapshot.of(file).mode()).hasValue(0751);
        assertThat(FileSnapshot.of(file).links()).isEqualTo(1);
    }

    @Test
    void ofDirectoryWhenPathIsALinkFollowsIt() throws IOException {
        assertThat(FileSnapshot.ofDirectory(directory.resolve("link")).entries())
                .map(FileSnapshot::name)
                .containsExactly("file");
        assertThat(FileSnapshot.of(directory.resolve("link")).kind()).isEqualTo(FileSnapshot.Kind.LINK);
    }

    @Test
    void entriesWhenThereIsNoDirectoryFails() {
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> FileSnapshot.of(directory.resolve("b/file")).entries());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> FileSnapshot.of(directory.resolve("missing")))
                .withMessage(directory.resolve("missing").toString());
    }

    @Test
    void entriesWhenDirectoryChangesAfterwardsStayAsSeenAndAListDoesNot() throws IOException {
        FileSnapshot root = FileSnapshot.ofDirectory(directory);
        List<FileSnapshot> seen = root.entries();
        Files.writeString(directory.resolve("new"), "");

        assertThat(root.entries()).isSameAs(seen);
        assertThat(root.list()).map(FileSnapshot::name).containsExactly("a", "b", "link", "new");
    }

    @Test
    void refreshedWhenNothingChangedIsTheSame() throws IOException {
        FileSnapshot seen = seen();

        assertThat(seen.refreshed()).isSameAs(seen);
    }

    @Test
    void refreshedWhenADeepFileChangedSharesTheOtherDirectories() throws Exception {
        FileSnapshot seen = seen();
        FileTime modified = Files.getLastModifiedTime(directory.resolve("a/deep/file"));
        Files.writeString(directory.resolve("a/deep/file"), "2");
        Files.setLastModifiedTime(directory.resolve("a/deep/file"), modified);

        FileSnapshot now = seen.refreshed();

        assertThat(now).isNotSameAs(seen);
        assertThat(child(now, "b")).isSameAs(child(seen, "b"));
        assertThat(child(now, "a")).isNotSameAs(child(seen, "a"));
        FileState before =
                child(child(child(seen, "a"), "deep"), "file").state().orElseThrow();
        FileState after = child(child(child(now, "a"), "deep"), "file").state().orElseThrow();
        assertThat(after).isNotEqualTo(before);
        assertThat(after.inode()).isEqualTo(before.inode());
    }

    @Test
    void refreshedWhenFilesComeAndGoHasThemAsTheyAre() throws IOException {
        FileSnapshot seen = seen();
        Files.delete(directory.resolve("a/deep/file"));
        Files.delete(directory.resolve("link"));
        Files.writeString(directory.resolve("b/new"), "");

        FileSnapshot now = seen.refreshed();

        assertThat(now.entries()).map(FileSnapshot::name).containsExactly("a", "b");
        assertThat(child(child(now, "a"), "deep").entries()).isEmpty();
        assertThat(child(now, "b").entries()).map(FileSnapshot::name).containsExactly("file", "new");
    }

    @Test
    void refreshedWhenADirectoryTookThePlaceOfAFileHasTheDirectory() throws IOException {
        FileSnapshot seen = seen();
        Files.delete(directory.resolve("b/file"));
        Files.createDirectories(directory.resolve("b/file/inner"));

        assertThat(child(child(seen.refreshed(), "b"), "file").entries())
                .map(FileSnapshot::name)
                .containsExactly("inner");
    }

    @Test
    void refreshedWhenItIsNoRootLooksAtItself() throws Exception {
        FileSnapshot file = child(child(FileSnapshot.ofDirectory(directory), "b"), "file");
        FileSnapshot link = FileSnapshot.of(directory.resolve("link"));
        assertThat(file.refreshed()).isSameAs(file);
        assertThat(link.refreshed()).isSameAs(link);

        Files.writeString(directory.resolve("b/file"), "333");

        assertThat(file.refreshed().kind()).isEqualTo(FileSnapshot.Kind.FILE);
        assertThat(file.refreshed().size()).isEqualTo(3);
    }

    @Test
    void entriesWhenANameIsNoTextLeadToTheFile() throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "printf 12345 > \"$(printf 'n\\374m')\"")
                .directory(directory.resolve("b").toFile())
                .start();
        assumeThat(touch.waitFor()).isZero();

        List<FileSnapshot> entries =
                FileSnapshot.ofDirectory(directory.resolve("b")).entries();

        assertThat(entries).map(FileSnapshot::name).containsExactly("file", "n\uFFFDm");
        assertThat(entries.get(1).size()).isEqualTo(5);
        assertThat(Files.readString(entries.get(1).path())).isEqualTo("12345");
        assertThat(entries.get(1).refreshed().size()).isEqualTo(5);
    }

    @Test
    void modeWhenTheFileSystemHasPermissionsOnlyIsThese() throws IOException {
        Path zip = directory.resolve("zip");
        Map<String, String> settings = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem files = FileSystems.newFileSystem(zip, settings)) {
            Path file = Files.writeString(files.getPath("/file"), "1");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
            FileSnapshot entry =
                    FileSnapshot.ofDirectory(files.getPath("/")).entries().get(0);

            assertThat(entry.mode()).hasValue(0651);
            assertThat(entry.kind()).isEqualTo(FileSnapshot.Kind.FILE);
            assertThat(entry.state()).isEmpty();
            assertThat(entry.refreshed()).isNotSameAs(entry);
        }
    }

    @Test
    void settledStateWhenFileHasJustChangedIsUnknown() throws Exception {
        Path file = Files.writeString(directory.resolve("fresh"), "");
        FileSnapshot early = FileSnapshot.of(file);
        rest();

        assertThat(early.settledState()).isEmpty();
        assertThat(early.state()).isEqualTo(FileState.of(file));
        assertThat(FileSnapshot.of(file).settledState()).isEqualTo(FileState.of(file));
    }

    @Test
    void isSettledWhenTimesAreWholeSecondsWaitsForTheNextButOne() {
        FileState whole = new FileState(1, 2, 3, 4, 1_000_000_000_000L);
        FileState fine = new FileState(1, 2, 3, 4, 1_000_000_000_001L);
        Instant changed = Instant.ofEpochSecond(1000);

        assertThat(whole.isSettled(changed.plusMillis(2000))).isFalse();
        assertThat(whole.isSettled(changed.plusMillis(2001))).isTrue();
        assertThat(fine.isSettled(changed.plusMillis(100))).isFalse();
        assertThat(fine.isSettled(changed.plusMillis(101))).isTrue();
        assertThat(fine).hasToString("1:2:3:4:1000000000001");
    }
}
