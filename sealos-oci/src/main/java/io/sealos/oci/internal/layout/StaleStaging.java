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

/** Folders of earlier runs, such as staging areas whose process was killed: nobody holds their lock any more. */
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

    private static void deleteIfAbandoned(Path directory, Duration minAge) throws IOException {
        try {
            if (isAbandoned(directory.resolve(Staging.LOCK), minAge)) {
                FileTree.delete(directory);
            }
        } catch (NoSuchFileException e) {
            // Another writer deletes it, too.
            return;
        }
    }

    private static boolean isAbandoned(Path lockFile, Duration minAge) throws IOException {
        Instant made = Files.getLastModifiedTime(lockFile).toInstant();
        if (made.isAfter(Instant.now().minus(minAge))) {
            return false;
        }
        Optional<ProcessLock> lock = ProcessLock.tryAcquire(lockFile);
        if (lock.isPresent()) {
            lock.get().close();
        }
        return lock.isPresent();
    }
}
