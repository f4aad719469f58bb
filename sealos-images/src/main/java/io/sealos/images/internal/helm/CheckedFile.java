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
 * Keeps beside a file in which {@link FileState} it was found whole, so that it is not read at each start: the engine's
 * library has 98 MB.
 */
final class CheckedFile {
    private static final String SUFFIX = ".checked";

    private final Path file;
    private final Path record;

    CheckedFile(Path file) {
        this.file = file;
        this.record = file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** Whether it was found whole, and nothing has touched it since. */
    boolean isUntouched() {
        try {
            return Files.isRegularFile(record, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(record).equals(text(FileState.of(file)));
        } catch (IOException e) {
            return false; // It is read, then, which tells what is wrong with it.
        }
    }

    /** The state in which it is; empty where that could change unseen, as after a change a moment ago. */
    Optional<String> restingState() {
        try {
            return Optional.ofNullable(text(FileSnapshot.of(file).settledState()));
        } catch (IOException e) {
            return Optional.empty(); // It is not there.
        }
    }

    /** Keeps that it was whole in this state, if it still is in it. */
    void keep(String found) {
        try {
            if (found.equals(text(FileState.of(file)))) {
                AtomicFile.write(record, found.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return; // The file is read again at the next start.
        }
    }

    /** All files of the directory are read again at the next start. */
    static void forgetAll(Path cache) {
        try (DirectoryStream<Path> records = Files.newDirectoryStream(cache, "*" + SUFFIX)) {
            records.forEach(CheckedFile::forget);
        } catch (IOException | DirectoryIteratorException e) {
            return; // What cannot be listed has no states of ours, or keeps them.
        }
    }

    /** Why the engine does not work is told elsewhere, and matters more than a state that cannot be removed. */
    private static void forget(Path record) {
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            return; // Each start tries again.
        }
    }

    private static @Nullable String text(Optional<FileState> state) {
        return state.map(FileState::toString).orElse(null);
    }
}
