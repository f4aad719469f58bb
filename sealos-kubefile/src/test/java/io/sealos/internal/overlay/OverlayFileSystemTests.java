package io.sealos.internal.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayFileSystemTests {
    @TempDir
    Path temporary;

    private Path directory;
    private final SortedMap<String, GivenFile> given = new TreeMap<>();

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(temporary.toRealPath().resolve("context"));
    }

    private OverlayFileSystemTests give(String path, String text) {
        given.put(path, GivenFile.ofBytes(path, text.getBytes(UTF_8)));
        return this;
    }

    private Path over() throws IOException {
        return OverlayFileSystem.over(directory, given);
    }

    private void write(String path, String text) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(directory.resolve(path), Path.of(target));
    }

    private static List<String> all(Path root, FileVisitOption... options) throws IOException {
        try (Stream<Path> all = Files.walk(root, options)) {
            return all.map(it -> root.relativize(it).toString()).sorted().toList();
        }
    }

    @Test
    void walkWhenFilesAreGivenHasThoseOfBoth() throws IOException {
        write("a/b", "disk");
        write("a/c", "disk");
        give("a/c", "given").give("a/d", "given").give("e/f", "given");

        assertThat(all(over())).containsExactly("", "a", "a/b", "a/c", "a/d", "e", "e/f");
        assertThat(over().resolve("a/b")).hasContent("disk");
        assertThat(over().resolve("a/c")).hasContent("given");
        assertThat(over().resolve("e/f")).hasContent("given");
        assertThat(directory.resolve("a/c")).hasContent("disk");
    }

    @Test
    void walkWhenThereIsNoDirectoryHasTheGivenFiles() throws IOException {
        give("a/b", "1").give("c", "2");
        Path alone = OverlayFileSystem.of(given);

        assertThat(all(alone)).containsExactly("", "a", "a/b", "c");
        assertThat(alone.resolve("a/b")).hasToString("a/b").hasContent("1");
        assertThat(alone.resolve("../../c").toRealPath())
                .isEqualTo(alone.resolve("c").toAbsolutePath());
        assertThat(alone.resolve("a").resolve("../c")).hasContent("2");
        assertThat(Files.exists(alone.resolve("etc/passwd"))).isFalse();
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> Files.size(alone.resolve("d")));
    }

    @Test
    void linksWhenFollowedLeadToGivenFiles() throws IOException {
        Files.createDirectory(directory.resolve("v1"));
        link("latest", "v1");
        link("absolute", directory.resolve("v1").toString());
        link("deep", "latest/../latest/file");
        give("v1/file", "given");
        Path over = over();

        for (String name : List.of("latest/file", "absolute/file", "deep")) {
            assertThat(over.resolve(name)).hasContent("given");
            assertThat(over.resolve(name).toRealPath()).isEqualTo(over.resolve("v1/file"));
        }
        assertThat(Files.readSymbolicLink(over.resolve("latest"))).hasToString("v1");
        assertThat(all(over, FileVisitOption.FOLLOW_LINKS))
                .containsExactly("", "absolute", "absolute/file", "deep", "latest", "latest/file", "v1", "v1/file");
    }

    @Test
    void linksWhenTheyLeadOutLeadOut() throws IOException {
        Files.writeString(temporary.resolve("outside"), "outside");
        link("up", "../outside");
        link("all", "..");
        link("absolute", temporary.resolve("outside").toString());
        Path over = give("a", "given").over();

        assertThat(over.resolve("up").toRealPath().startsWith(over.toRealPath()))
                .isFalse();
        assertThat(over.resolve("all/outside").toRealPath()).hasToString(temporary.toRealPath() + "/outside");
        assertThat(over.resolve("absolute")).hasContent("outside");
    }

    @Test
    void linksWhenTheyLeadOutAndBackLeadToGivenFiles() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        link("a/b/back", "../../../context/a/given");
        link("all", "..");
        link("a/circle", "../../context/a/circle");
        Path over = give("a/given", "given").over();

        for (String name : List.of("a/b/back", "all/context/a/given", "../context/all/context/a/b/back")) {
            assertThat(over.resolve(name)).hasContent("given");
            assertThat(over.resolve(name).toRealPath()).isEqualTo(over.resolve("a/given"));
        }
        assertThatExceptionOfType(FileSystemLoopException.class)
                .isThrownBy(() -> Files.readString(over.resolve("a/circle")));
    }

    @Test
    void linksWhenTheyLeadInACircleAreRefused() throws IOException {
        link("a", "b");
        link("b", "a");
        Path over = give("c", "given").over();

        assertThatExceptionOfType(FileSystemLoopException.class)
                .isThrownBy(() -> over.resolve("a").toRealPath());
        assertThat(Files.exists(over.resolve("a"))).isFalse();
        assertThat(Files.isSymbolicLink(over.resolve("a"))).isTrue();
    }

    @Test
    void fileWhenItTakesThePlaceOfALinkIsAFile() throws IOException {
        link("a", "b");
        Path over = give("a", "given").over();

        assertThat(Files.isRegularFile(over.resolve("a"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(over.resolve("a")).hasContent("given");
        assertThatExceptionOfType(NotLinkException.class).isThrownBy(() -> Files.readSymbolicLink(over.resolve("a")));
    }

    @Test
    void overWhenAFileWouldTakeThePlaceOfADirectoryIsRefused() throws IOException {
        write("a/b/c", "");
        give("a/b", "given");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(this::over)
                .withMessage(directory.resolve("a/b")
                        + ": is a directory, so the file 'a/b' cannot be given; give it another path, or remove the"
                        + " directory");
    }

    @Test
    void overWhenAFileOrLinkIsWhereADirectoryIsNeededIsRefused() throws IOException {
        write("a/b", "");
        link("l", "a");
        give("a/b/c", "given");

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(this::over)
                .withMessage(directory.resolve("a/b")
                        + ": is a file, so no file can be given below 'a/b'; give it below a directory, or remove this"
                        + " one");
        given.clear();
        give("l/x", "given");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(this::over)
                .withMessage(directory.resolve("l")
                        + ": is a symbolic link, so no file can be given below 'l'; give it below a directory, or"
                        + " remove this one");
    }

    @Test
    void attributesWhenFileIsGivenDoNotDependOnTheMachine() throws IOException {
        give("a/run.sh", "12345");
        given.computeIfPresent("a/run.sh", (name, file) -> ((GivenFile.Content) file).executable());
        give("a/text", "1");
        Path over = over();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(over.resolve("a"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(over.resolve("a/run.sh"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(over.resolve("a/text"))))
                .isEqualTo("rw-r--r--");
        assertThat(Files.getLastModifiedTime(over.resolve("a/text"))).isEqualTo(FileTime.fromMillis(0));
        assertThat(Files.readAttributes(over.resolve("a/run.sh"), "size,isRegularFile"))
                .containsEntry("size", 5L)
                .containsEntry("isRegularFile", true)
                .hasSize(2);
        assertThat(Files.isExecutable(over.resolve("a/run.sh"))).isTrue();
        assertThat(Files.isExecutable(over.resolve("a/text"))).isFalse();
        assertThat(Files.isWritable(over.resolve("a/text"))).isFalse();
        assertThat(Files.isReadable(over.resolve("a"))).isTrue();
    }

    @Test
    void systemWhenWrittenToRefuses() throws IOException {
        write("disk", "");
        Path over = give("given", "").over();

        for (Path file : List.of(over.resolve("disk"), over.resolve("given"), over.resolve("new"))) {
            assertThatThrownBy(() -> Files.writeString(file, "x")).isInstanceOf(ReadOnlyFileSystemException.class);
            assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(ReadOnlyFileSystemException.class);
            assertThatThrownBy(() -> Files.setLastModifiedTime(file, FileTime.fromMillis(1)))
                    .isInstanceOf(ReadOnlyFileSystemException.class);
        }
        assertThatThrownBy(() -> Files.createDirectory(over.resolve("new")))
                .isInstanceOf(ReadOnlyFileSystemException.class);
        assertThatThrownBy(() -> over.getFileSystem().provider().checkAccess(over, java.nio.file.AccessMode.WRITE))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(directory.resolve("disk")).isEmptyFile();
    }

    @Test
    void directoryStreamWhenItIsAFileIsRefused() throws IOException {
        write("disk", "");
        Path over = give("given", "").give("a/b", "").over();

        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> Files.list(over.resolve("disk")));
        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(() -> Files.list(over.resolve("given")));
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.newInputStream(over.resolve("a")))
                .withMessage(over.resolve("a") + ": is a directory");
    }

    @Test
    void channelWhenPositionedReadsThere() throws IOException {
        given.put("a", GivenFile.ofStream("a", () -> new ByteArrayInputStream("0123456789".getBytes(UTF_8))));
        try (SeekableByteChannel channel =
                Files.newByteChannel(OverlayFileSystem.of(given).resolve("a"))) {
            assertThat(channel.size()).isEqualTo(10);
            assertThat(read(channel.position(7))).isEqualTo("789");
            assertThat(read(channel.position(2))).isEqualTo("23456789");
            assertThat(read(channel)).isEmpty();
            assertThat(read(channel.position(11))).isEmpty();
        }
    }

    private static String read(SeekableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(20);
        while (channel.read(bytes) >= 0) {
            // The channel may return fewer bytes than remain.
        }
        return new String(bytes.array(), 0, bytes.position(), UTF_8);
    }

    @Test
    void streamWhenLongerShorterOrDifferentFails() throws IOException {
        for (String second : List.of("123456", "1234", "1234x", "")) {
            boolean[] opened = {false};
            given.put("a", GivenFile.ofStream("a", () -> {
                String text = opened[0] ? second : "12345";
                opened[0] = true;
                return new ByteArrayInputStream(text.getBytes(UTF_8));
            }));
            Path file = OverlayFileSystem.of(given).resolve("a");

            assertThat(Files.size(file)).isEqualTo(5);
            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(() -> Files.readAllBytes(file))
                    .withMessageStartingWith("a: differs from what the given source returned before; ");
            assertThatExceptionOfType(FileSystemException.class).isThrownBy(() -> {
                try (InputStream in = Files.newInputStream(file)) {
                    in.skipNBytes(5);
                    in.read();
                }
            });
        }
    }

    @Test
    void streamWhenItsReaderDoesNotAskForTheEndIsComparedToo() throws IOException {
        boolean[] opened = {false};
        given.put("a", GivenFile.ofStream("a", () -> {
            String text = opened[0] ? "1234x" : "12345";
            opened[0] = true;
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }));

        try (InputStream in = Files.newInputStream(OverlayFileSystem.of(given).resolve("a"))) {
            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(() -> in.readNBytes(5))
                    .withMessageStartingWith("a: differs from what the given source returned before; ");
        }
    }

    @Test
    void streamWhenItFailsNamesTheFile() {
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> GivenFile.ofStream("null", () -> null))
                .withMessage("null: has no stream: the given source returned null; return a new stream each time");
        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> GivenFile.ofStream("unchecked", () -> {
                    throw new UncheckedIOException(new IOException("broken"));
                }))
                .withMessage("unchecked: cannot be read from the given source: broken");
    }

    @Test
    void streamWhenThreadIsInterruptedEnds() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedIOException.class)
                .isThrownBy(() -> GivenFile.ofStream("endless", () -> endless))
                .withMessage("interrupted while endless was read");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fileWhenElsewhereIsReadThere() throws IOException {
        Path other = Files.writeString(temporary.toRealPath().resolve("other"), "other");
        given.put("a/b", GivenFile.at(other));
        Path over = over();

        assertThat(over.resolve("a/b")).hasContent("other");
        assertThat(over.resolve("a/b").toRealPath()).isEqualTo(over.resolve("a/b"));
        assertThat(OverlayFileSystem.onDisk(over.resolve("a/b"))).contains(other);
        assertThat(all(over)).containsExactly("", "a", "a/b");
    }
}
