package io.sealos.oci.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One at a time changes a directory that others share, among the threads of this process and among processes. */
public final class DirectoryLock implements AutoCloseable {
    public static final String NAME = ".lock";
    private static final long PAUSE_MILLIS = 10;

    private final ProcessLock lock;

    private DirectoryLock(ProcessLock lock) {
        this.lock = lock;
    }

    /** Waits until nobody else has the directory; it is made where it is missing. */
    public static DirectoryLock acquire(Path directory) throws IOException {
        Path file = Files.createDirectories(directory).resolve(NAME);
        Optional<ProcessLock> lock = ProcessLock.tryMake(file);
        while (lock.isEmpty()) {
            pause();
            lock = ProcessLock.tryMake(file);
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
