package io.sealos.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is deleted with its content when it is closed. It contains a locked file while it is in use: a
 * process that is killed leaves the directory behind, but not the lock. Directories left in this way are deleted when
 * the next one with the same prefix is created beside them.
 */
public final class TemporaryDirectory implements AutoCloseable {
    /** The prefix of the directories in which outputs are created; they are not part of any context directory. */
    public static final String STAGING = ".sealos-staging-";

    /** The name of the locked file. */
    public static final String LOCK = "in-use";

    /** A lock file that was just created may not be locked yet. */
    private static final Duration CREATING = Duration.ofMinutes(1);

    private final Path path;
    private final @Nullable ProcessLock lock;

    private TemporaryDirectory(Path path, @Nullable ProcessLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates a directory in the temporary directory of the system. */
    public static TemporaryDirectory create(String prefix) throws IOException {
        return create(Path.of(System.getProperty("java.io.tmpdir")), prefix);
    }

    /** Creates a directory in an existing directory. */
    public static TemporaryDirectory create(Path parent, String prefix) throws IOException {
        Path path = Files.createTempDirectory(parent, prefix).toAbsolutePath();
        try {
            TemporaryDirectory created = new TemporaryDirectory(path, lock(path));
            deleteAbandoned(path, prefix, CREATING);
            return created;
        } catch (IOException e) {
            FileTree.delete(path);
            throw e;
        }
    }

    /** Null on a file system without locks, where no directory is ever found abandoned. */
    private static @Nullable ProcessLock lock(Path path) throws IOException {
        Path file = Files.createFile(path.resolve(LOCK));
        try {
            return ProcessLock.tryAcquire(file).orElse(null);
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Deletes the siblings of a directory that have a lock file of the same owner which is not locked. A directory that
     * cannot be deleted is left in place, and the caller does not fail.
     *
     * @param own the directory whose siblings are deleted; it has a lock file of this process
     * @param prefix the prefix of the names of the siblings
     * @param minAge the minimum time since the last modification of the lock file
     */
    public static void deleteAbandoned(Path own, String prefix, Duration minAge) {
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
                own.resolveSibling(""),
                path -> String.valueOf(path.getFileName()).startsWith(prefix))) {
            for (Path directory : siblings) {
                if (!directory.equals(own)) {
                    deleteIfAbandoned(own, directory, minAge);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // The directory cannot be listed.
        }
    }

    /** Holds the lock while deleting, so that nobody begins to use the directory meanwhile. */
    private static void deleteIfAbandoned(Path own, Path directory, Duration minAge) {
        Path file = directory.resolve(LOCK);
        try {
            Optional<ProcessLock> lock =
                    isOld(own, directory, minAge) ? ProcessLock.tryAcquire(file) : Optional.empty();
            if (lock.isPresent()) {
                delete(directory, lock.get());
            }
        } catch (IOException e) {
            return; // Another process deletes it as well, or it cannot be deleted.
        }
    }

    /**
     * Does not follow links: in a directory that others can write to, a link may lead to a directory that is in use
     * under another name.
     */
    private static boolean isOld(Path own, Path directory, Duration minAge) throws IOException {
        Path file = directory.resolve(LOCK);
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own.resolve(LOCK)))
                && !Files.getLastModifiedTime(file)
                        .toInstant()
                        .isAfter(Instant.now().minus(minAge));
    }

    private static void delete(Path directory, @Nullable ProcessLock lock) throws IOException {
        try (lock) {
            FileTree.deleteAllBut(directory.resolve(LOCK), directory);
        }
        FileTree.delete(directory);
    }

    /** {@return the absolute path of the directory} */
    public Path path() {
        return path;
    }

    /** Creates a directory in this one, or returns the existing one. */
    public Path directory(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    /**
     * Deletes the directory. The lock is released last, since an unlocked directory counts as abandoned. Files that
     * cannot be deleted are left for the next attempt, and the caller does not fail.
     */
    @Override
    public void close() {
        try {
            delete(path, lock);
        } catch (IOException e) {
            return; // It is abandoned now.
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
