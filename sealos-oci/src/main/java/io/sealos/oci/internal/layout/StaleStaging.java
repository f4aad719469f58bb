package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.FileTree;
import io.sealos.oci.internal.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Directories of earlier runs, such as staging areas whose process was killed: nobody holds their lock any more. */
final class StaleStaging {
    /** A lock file that was just made may not be locked yet. */
    static final Duration KILLED = Duration.ofMinutes(1);

    private StaleStaging() {}

    static void delete(Path parent, String prefix, Duration minAge) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, path -> isStaging(path, prefix))) {
            for (Path directory : found) {
                deleteIfAbandoned(directory, minAge);
            }
        }
    }

    private static boolean isStaging(Path path, String prefix) {
        return String.valueOf(path.getFileName()).startsWith(prefix) && Files.exists(path.resolve(Staging.LOCK));
    }

    /** It is held while it is deleted, so that nobody begins to use it meanwhile. */
    private static void deleteIfAbandoned(Path directory, Duration minAge) throws IOException {
        Path lockFile = directory.resolve(Staging.LOCK);
        try {
            Optional<ProcessLock> lock = isOld(lockFile, minAge) ? ProcessLock.tryAcquire(lockFile) : Optional.empty();
            if (lock.isPresent()) {
                delete(directory, lock.get());
            }
        } catch (NoSuchFileException e) {
            // Another writer deletes it, too.
            return;
        }
    }

    private static void delete(Path directory, ProcessLock held) throws IOException {
        try (held) {
            FileTree.deleteAllBut(directory.resolve(Staging.LOCK), directory);
        }
        FileTree.delete(directory);
    }

    private static boolean isOld(Path lockFile, Duration minAge) throws IOException {
        Instant made = Files.getLastModifiedTime(lockFile).toInstant();
        return !made.isAfter(Instant.now().minus(minAge));
    }
}
