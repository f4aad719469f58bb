package io.sealos.oci.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that one holds at a time, among the threads of this process and among processes; it ends with its process. On
 * POSIX a process gives up its lock on a file when it closes any channel on it, so nobody here opens a file that
 * another thread holds.
 */
public final class ProcessLock implements Closeable {
    /** What belongs to the process as the locks do; empty when nobody is at work. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;
    private final FileLock lock;

    private ProcessLock(Path key, FileChannel channel, FileLock lock) {
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /** The lock on a file that is there, unless somebody else has it. */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        return tryAcquire(file, StandardOpenOption.WRITE);
    }

    /** The lock, unless somebody else has it; the file is made where it is missing, its directory is not. */
    public static Optional<ProcessLock> tryMake(Path file) throws IOException {
        return tryAcquire(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static Optional<ProcessLock> tryAcquire(Path file, OpenOption... options) throws IOException {
        Path key = file.resolveSibling(".").toRealPath().resolve(file.getFileName());
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        ProcessLock lock = null;
        try {
            lock = open(key, options);
        } finally {
            if (lock == null) {
                HELD.remove(key);
            }
        }
        return Optional.ofNullable(lock);
    }

    private static @Nullable ProcessLock open(Path key, OpenOption... options) throws IOException {
        FileChannel channel = FileChannel.open(key, options);
        FileLock lock = null;
        try {
            lock = attempt(channel);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new ProcessLock(key, channel, lock);
    }

    /** Null where another process has it, or another copy of this library in this process. */
    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Makes the file's time of modification now; setting the time itself would open the file, and close it. */
    public void touch() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[1]), 0);
    }

    /** Whether it was held until now. */
    public boolean isValid() {
        return lock.isValid();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(key);
        }
    }
}
