package io.sealos.oci.internal.store;

import io.sealos.internal.files.DirectoryLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A lease of a content store. Blobs that have been used since the lease began are not removed. A lease is a locked
 * file, so it ends with its process. Taking a lease waits while blobs are removed.
 */
public final class StoreLease implements Closeable {
    private static final String DIRECTORY = "leases";
    private static final String PREFIX = "build-" + ProcessHandle.current().pid() + "-";

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private StoreLease(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
        this.lock = channel.lock();
    }

    static StoreLease take(Path store) throws IOException {
        Path leases = Files.createDirectories(store.resolve(DIRECTORY));
        try (DirectoryLock alone = DirectoryLock.acquire(store)) {
            oldest(store); // Deletes the leases of killed processes.
            StoreLease lease = new StoreLease(Files.createTempFile(leases, PREFIX, ""));
            alone.check();
            return lease;
        }
    }

    /**
     * Returns the time at which the oldest current lease began, or the current time if there is none. The caller must
     * hold the lock of the store.
     */
    public static Instant oldest(Path store) throws IOException {
        Instant oldest = Instant.now();
        Path leases = Files.createDirectories(store.resolve(DIRECTORY));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(leases)) {
            for (Path file : files) {
                Instant began = began(file);
                oldest = began.isBefore(oldest) ? began : oldest;
            }
        }
        return oldest;
    }

    private static Instant began(Path file) throws IOException {
        try {
            Instant began = Files.getLastModifiedTime(file).toInstant();
            return isOfThisProcess(file, began) || isHeld(file) ? began : Instant.MAX;
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    /**
     * Returns whether a lease belongs to this process. Its file must not be opened, since closing it would release the
     * lock on POSIX systems.
     */
    private static boolean isOfThisProcess(Path file, Instant began) {
        Instant start = ProcessHandle.current().info().startInstant().orElse(Instant.MIN);
        return String.valueOf(file.getFileName()).startsWith(PREFIX) && !began.isBefore(start.minusSeconds(1));
    }

    private static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return true;
            }
            Files.deleteIfExists(file);
            return false;
        }
    }

    /** Throws an exception if the lease was lost. */
    public void check() throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the lease of the content store was lost; build again");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
