package io.sealos.images;

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

class DiskEntryTests {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("unix");
        Files.createDirectories(folder.resolve("a/deep"));
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("a/deep/file"), "1");
        Files.writeString(folder.resolve("b/file"), "22");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("b"));
        rest();
    }

    /** What has just been changed is never taken as unchanged. */
    private static void rest() throws InterruptedException {
        Thread.sleep(150);
    }

    private DiskEntry seen() throws IOException {
        DiskEntry root = DiskEntry.ofFolder(folder);
        lookBelow(root);
        return root;
    }

    private static void lookBelow(DiskEntry entry) throws IOException {
        if (entry.kind() == DiskEntry.Kind.FOLDER) {
            for (DiskEntry one : entry.entries()) {
                lookBelow(one);
            }
        }
    }

    private static DiskEntry child(DiskEntry entry, String name) throws IOException {
        return entry.entries().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void entriesWhenFolderHasManyKindsTellsThemSortedByName() throws IOException {
        List<DiskEntry> entries = DiskEntry.ofFolder(folder).entries();

        assertThat(entries).map(DiskEntry::name).containsExactly("a", "b", "link");
        assertThat(entries)
                .map(DiskEntry::kind)
                .containsExactly(DiskEntry.Kind.FOLDER, DiskEntry.Kind.FOLDER, DiskEntry.Kind.LINK);
        assertThat(child(entries.get(1), "file").size()).isEqualTo(2);
        assertThat(child(entries.get(1), "file").path()).isEqualTo(folder.resolve("b/file"));
        assertThat(entries.get(2)).hasToString(folder.resolve("link").toString());
    }

    @Test
    void modeWhenFileHasOneIsThatWithoutTheKind() throws IOException {
        Path file = folder.resolve("b/file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

        assertThat(DiskEntry.of(file).mode()).hasValue(0751);
        assertThat(DiskEntry.of(file).links()).isEqualTo(1);
    }

    @Test
    void ofFolderWhenPathIsALinkFollowsIt() throws IOException {
        assertThat(DiskEntry.ofFolder(folder.resolve("link")).entries())
                .map(DiskEntry::name)
                .containsExactly("file");
        assertThat(DiskEntry.of(folder.resolve("link")).kind()).isEqualTo(DiskEntry.Kind.LINK);
    }

    @Test
    void entriesWhenThereIsNoFolderFails() {
        assertThatExceptionOfType(NotDirectoryException.class)
                .isThrownBy(() -> DiskEntry.of(folder.resolve("b/file")).entries());
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> DiskEntry.of(folder.resolve("missing")))
                .withMessage(folder.resolve("missing").toString());
    }

    @Test
    void entriesWhenFolderChangesAfterwardsStayAsSeenAndAListDoesNot() throws IOException {
        DiskEntry root = DiskEntry.ofFolder(folder);
        List<DiskEntry> seen = root.entries();
        Files.writeString(folder.resolve("new"), "");

        assertThat(root.entries()).isSameAs(seen);
        assertThat(root.list()).map(DiskEntry::name).containsExactly("a", "b", "link", "new");
    }

    @Test
    void refreshedWhenNothingChangedIsTheSame() throws IOException {
        DiskEntry seen = seen();

        assertThat(seen.refreshed()).isSameAs(seen);
    }

    @Test
    void refreshedWhenADeepFileChangedSharesTheOtherFolders() throws Exception {
        DiskEntry seen = seen();
        FileTime modified = Files.getLastModifiedTime(folder.resolve("a/deep/file"));
        Files.writeString(folder.resolve("a/deep/file"), "2");
        Files.setLastModifiedTime(folder.resolve("a/deep/file"), modified);

        DiskEntry now = seen.refreshed();

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
        DiskEntry seen = seen();
        Files.delete(folder.resolve("a/deep/file"));
        Files.delete(folder.resolve("link"));
        Files.writeString(folder.resolve("b/new"), "");

        DiskEntry now = seen.refreshed();

        assertThat(now.entries()).map(DiskEntry::name).containsExactly("a", "b");
        assertThat(child(child(now, "a"), "deep").entries()).isEmpty();
        assertThat(child(now, "b").entries()).map(DiskEntry::name).containsExactly("file", "new");
    }

    @Test
    void refreshedWhenAFolderTookThePlaceOfAFileHasTheFolder() throws IOException {
        DiskEntry seen = seen();
        Files.delete(folder.resolve("b/file"));
        Files.createDirectories(folder.resolve("b/file/inner"));

        assertThat(child(child(seen.refreshed(), "b"), "file").entries())
                .map(DiskEntry::name)
                .containsExactly("inner");
    }

    @Test
    void refreshedWhenItIsNoRootLooksAtItself() throws Exception {
        DiskEntry file = child(child(DiskEntry.ofFolder(folder), "b"), "file");
        DiskEntry link = DiskEntry.of(folder.resolve("link"));
        assertThat(file.refreshed()).isSameAs(file);
        assertThat(link.refreshed()).isSameAs(link);

        Files.writeString(folder.resolve("b/file"), "333");

        assertThat(file.refreshed().kind()).isEqualTo(DiskEntry.Kind.FILE);
        assertThat(file.refreshed().size()).isEqualTo(3);
    }

    @Test
    void entriesWhenANameIsNoTextLeadToTheFile() throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "printf 12345 > \"$(printf 'n\\374m')\"")
                .directory(folder.resolve("b").toFile())
                .start();
        assumeThat(touch.waitFor()).isZero();

        List<DiskEntry> entries = DiskEntry.ofFolder(folder.resolve("b")).entries();

        assertThat(entries).map(DiskEntry::name).containsExactly("file", "n\uFFFDm");
        assertThat(entries.get(1).size()).isEqualTo(5);
        assertThat(Files.readString(entries.get(1).path())).isEqualTo("12345");
        assertThat(entries.get(1).refreshed().size()).isEqualTo(5);
    }

    @Test
    void modeWhenTheFileSystemHasPermissionsOnlyIsThese() throws IOException {
        Path zip = folder.resolve("zip");
        Map<String, String> settings = Map.of("create", "true", "enablePosixFileAttributes", "true");
        try (FileSystem files = FileSystems.newFileSystem(zip, settings)) {
            Path file = Files.writeString(files.getPath("/file"), "1");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
            DiskEntry entry = DiskEntry.ofFolder(files.getPath("/")).entries().get(0);

            assertThat(entry.mode()).hasValue(0651);
            assertThat(entry.kind()).isEqualTo(DiskEntry.Kind.FILE);
            assertThat(entry.state()).isEmpty();
            assertThat(entry.refreshed()).isNotSameAs(entry);
        }
    }

    @Test
    void settledStateWhenFileHasJustChangedIsUnknown() throws Exception {
        Path file = Files.writeString(folder.resolve("fresh"), "");
        DiskEntry early = DiskEntry.of(file);
        rest();

        assertThat(early.settledState()).isEmpty();
        assertThat(early.state()).isEqualTo(FileState.of(file));
        assertThat(DiskEntry.of(file).settledState()).isEqualTo(FileState.of(file));
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
