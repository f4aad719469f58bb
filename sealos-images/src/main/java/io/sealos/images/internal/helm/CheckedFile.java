package io.sealos.images.internal.helm;

import io.sealos.internal.files.AtomicFile;
import io.sealos.internal.files.FileSnapshot;
import io.sealos.internal.files.FileState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records beside a file the {@link FileState} in which the file was verified, so that it is not read at each start. The
 * library of the engine has 98 MB.
 */
final class CheckedFile {
    private static final String SUFFIX = ".checked";

    private final Path file;
    private final Path record;

    CheckedFile(Path file) {
        this.file = file;
        this.record = file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** {@return whether the file was verified and has not changed since} */
    boolean isUntouched() {
        try {
            return Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(record).equals(text(FileState.of(file)));
        } catch (IOException e) {
            return false; // The file is read instead, which reports the error.
        }
    }

    /** {@return the state of the file; empty if a change might not alter it, as just after another change} */
    Optional<String> restingState() {
        try {
            return Optional.ofNullable(text(FileSnapshot.of(file).settledState()));
        } catch (IOException e) {
            return Optional.empty(); // The file does not exist.
        }
    }

    /** Records that the file was verified in this state, if it is still in this state. */
    void keep(String found) {
        try {
            if (found.equals(text(FileState.of(file)))) {
                AtomicFile.write(record, found.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return; // The file is read again at the next start.
        }
    }

    /** Makes all files of the directory be read again at the next start. */
    static void forgetAll(Path cache) {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(cache, "*" + SUFFIX)) {
            records.forEach(CheckedFile::forget);
        } catch (IOException | DirectoryIteratorException e) {
            return; // A directory that cannot be listed has no such records, or keeps them.
        }
    }

    /** Deletes a record. A failure is ignored, because the caller reports the more important failure of the engine. */
    private static void forget(Path record) {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            return; // The next start tries again.
        }
    }

    private static @Nullable String text(Optional<FileState> state) {
        return state.map(FileState::toString).orElse(null);
    }
}
