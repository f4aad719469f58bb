package io.sealos.internal.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An exclusive lock on a directory that several threads and processes change. */
public final class DirectoryLock implements AutoCloseable {
    public static final String NAME = ".lock";
    private static final long PAUSE_MILLIS = 10;

    private final ProcessLock lock;

    private DirectoryLock(ProcessLock lock) {
        this.lock = lock;
    }

    /** Waits for the lock. The directory is created if it does not exist. */
    public static DirectoryLock acquire(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(NAME);
        Optional<ProcessLock> lock = ProcessLock.tryCreate(file);
        while (lock.isEmpty()) {
            pause();
            lock = ProcessLock.tryCreate(file);
        }
        return new DirectoryLock(lock.get());
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another one held the lock of the directory");
        }
    }

    /** Fails if the lock was lost. */
    public void check() throws IOException {
        if (!lock.isValid()) {
            throw new IOException("the lock of the directory was lost");
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
