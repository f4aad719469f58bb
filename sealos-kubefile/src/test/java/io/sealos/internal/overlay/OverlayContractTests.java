package io.sealos.internal.overlay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests details of the contract of file systems that the JDK's own methods rely on. */
class OverlayContractTests {
    @TempDir
    Path directory;

    private final SortedMap<String, GivenFile> given = new TreeMap<>();

    private OverlayContractTests give(String path, String text) {
        given.put(path, GivenFile.ofBytes(path, text.getBytes(UTF_8)));
        return this;
    }

    private Path over() throws IOException {
        return OverlayFileSystem.over(directory, given);
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(directory.resolve(path), text);
    }

    @SuppressWarnings("try") // the stream is closed early, which is what the test is about
    @Test
    void directoryStreamWhenItsFilterFailsThrowsWhenIterated() throws IOException {
        write("disk", "");
        Path over = give("given", "").over();
        IOException failure = new IOException("no");

        try (DirectoryStream<Path> entries = Files.newDirectoryStream(over, entry -> {
            throw failure;
        })) {
            Iterator<Path> iterator = entries.iterator();

            assertThatThrownBy(iterator::next)
                    .isInstanceOf(DirectoryIteratorException.class)
                    .hasCause(failure);
            assertThatThrownBy(entries::iterator).isInstanceOf(IllegalStateException.class);
        }
        try (DirectoryStream<Path> closed = Files.newDirectoryStream(over)) {
            closed.close();
            assertThatThrownBy(closed::iterator).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void ownerWhenAskedForIsRootForGivenFilesAndCannotBeChanged() throws IOException {
        write("disk", "");
        Path over = give("given", "").over();

        assertThat(Files.getOwner(over.resolve("given")).getName()).isEqualTo("root");
        assertThat(Files.getOwner(over.resolve("disk"))).isEqualTo(Files.getOwner(directory.resolve("disk")));
        assertThat(Files.readAttributes(over.resolve("given"), "owner:*")).containsOnlyKeys("owner");
        assertThat(Files.getFileAttributeView(over.resolve("given"), PosixFileAttributeView.class)
                        .readAttributes()
                        .permissions())
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Files.setOwner(over.resolve("disk"), Files.getOwner(over.resolve("disk"))))
                .isInstanceOf(ReadOnlyFileSystemException.class);
        assertThatThrownBy(() -> Files.setPosixFilePermissions(over.resolve("given"), Set.of()))
                .isInstanceOf(ReadOnlyFileSystemException.class);
    }

    @Test
    void isHiddenWhenTheNameBeginsWithADotDoesNotDependOnWhereTheFileIs() throws IOException {
        write(".disk", "");
        Path over = give(".given", "").give("seen", "").give(".made/file", "").over();

        for (String name : List.of(".disk", ".given", ".made")) {
            assertThat(Files.isHidden(over.resolve(name))).as(name).isTrue();
        }
        assertThat(Files.isHidden(over.resolve("seen"))).isFalse();
        assertThat(Files.isHidden(over.resolve(".made/file"))).isFalse();
    }

    @Test
    void compareToWhenTheOtherPathIsOfAnotherFileSystemThrows() throws IOException {
        Path over = give("given", "").over();

        assertThatThrownBy(() -> over.compareTo(directory)).isInstanceOf(ClassCastException.class);
        assertThat(over.compareTo(over.resolve("given"))).isNegative();
    }
}
