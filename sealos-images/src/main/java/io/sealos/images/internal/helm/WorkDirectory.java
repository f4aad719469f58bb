package io.sealos.images.internal.helm;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A temporary directory, with the names in it that parent and child share. It is removed at the end. A process that is
 * killed leaves it behind, but not its lock: what is found without one is removed when the next directory is made.
 */
public final class WorkDirectory implements AutoCloseable {
    private static final String PREFIX = "sealos-charts";
    private static final String LOCK = "in-use";
    /** A directory so young may not be locked yet. */
    private static final Duration BEGINNING = Duration.ofMinutes(1);

    /** On POSIX a process gives up its lock on a file when it closes any channel on it, so none is opened on these. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private WorkDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new directory of this user's own. */
    public static WorkDirectory create() throws IOException {
        Path path = Files.createTempDirectory(PREFIX);
        WorkDirectory directory = new WorkDirectory(path, lockFile(path));
        OWN.add(path);
        // Where there are no locks, nothing is ever found without one either.
        if (isFree(directory.lock)) {
            directory.removeLeft();
        }
        return directory;
    }

    private static FileChannel lockFile(Path path) throws IOException {
        try {
            return FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            delete(path);
            throw e;
        }
    }

    /** Takes the lock; false if somebody has it, or if there are no locks here. */
    private static boolean isFree(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    private void removeLeft() {
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(path.resolveSibling(""), PREFIX + "*")) {
            directories.forEach(this::removeIfLeft);
        } catch (IOException | DirectoryIteratorException e) {
            return; // What cannot be listed stays: that is no failure of this use.
        }
    }

    private void removeIfLeft(Path directory) {
        try {
            Path file = directory.resolve(LOCK);
            if (!OWN.contains(directory) && isOld(directory, file) && isFree(file)) {
                delete(directory);
            }
        } catch (IOException e) {
            return; // What cannot be removed stays, too, and the others are not kept by it.
        }
    }

    private static boolean isFree(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return isFree(channel);
        }
    }

    /** A link in a directory that others write to may lead to what is in use under another name. */
    private boolean isOld(Path directory, Path file) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        boolean own = Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(path));
        return own
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Instant.now().minus(BEGINNING));
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /**
     * Removes it. Whoever finds it without a lock takes it for left behind, so that the lock is given up when the rest
     * is gone. What cannot be removed is no failure of this use: the next one tries again.
     */
    @Override
    public void close() {
        try {
            delete(path, path.resolve(LOCK));
            lock.close();
            delete(path);
        } catch (IOException e) {
            closeLock();
        } finally {
            OWN.remove(path);
        }
    }

    private void closeLock() {
        try {
            lock.close();
        } catch (IOException e) {
            return; // It ends with this process.
        }
    }

    static Path call(Path work, int number) {
        return work.resolve(number + ".call");
    }

    static Path values(Path work, int number) {
        return work.resolve(number + "-values.yaml");
    }

    static Path answer(Path work, int number) {
        return work.resolve(number + ".answer");
    }

    /** Why the engine did not start. */
    static Path failure(Path work) {
        return work.resolve("engine.failure");
    }

    static void delete(Path work) throws IOException {
        delete(work, null);
    }

    /** What is gone already was deleted by another one. */
    private static void delete(Path work, @Nullable Path kept) throws IOException {
        Files.walkFileTree(work, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(kept)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (kept == null || !directory.equals(work)) {
                    Files.deleteIfExists(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
