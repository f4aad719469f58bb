package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** Staging areas whose process was killed: nobody holds their lock any more. */
final class StaleStaging {
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    private StaleStaging() {}

    static void delete(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, path -> isStaging(path, prefix))) {
            for (Path directory : found) {
                deleteIfAbandoned(directory);
            }
        }
    }

    private static boolean isStaging(Path path, String prefix) {
        return String.valueOf(path.getFileName()).startsWith(prefix) && Files.exists(path.resolve(Staging.LOCK));
    }

    private static void deleteIfAbandoned(Path directory) throws IOException {
        try {
            if (isAbandoned(directory.resolve(Staging.LOCK))) {
                FileTree.delete(directory);
            }
        } catch (NoSuchFileException e) {
            // Another writer deletes it, too.
            return;
        }
    }

    // A lock file that was just made may not be locked yet.
    private static boolean isAbandoned(Path lockFile) throws IOException {
        Instant made = Files.getLastModifiedTime(lockFile).toInstant();
        if (made.isAfter(Instant.now().minus(MIN_AGE))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
