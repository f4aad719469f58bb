package io.sealos.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file, held by one thread of one process. It is released when it is closed, or when the process
 * ends. POSIX releases the locks of a process on a file when the process closes any channel on that file, so a file
 * that another thread has locked is never opened.
 */
public final class ProcessLock implements Closeable {
    /** The files that this process has locked. The set is static because locks belong to the process. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;
    private final FileLock lock;

    private ProcessLock(Path key, FileChannel channel, FileLock lock) {
        this.key = key;
        this.channel = channel;
        this.lock = lock;
    }

    /** Locks an existing file; empty if it is locked already. Links are not followed. */
    public static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
        return tryAcquire(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** Locks a file, which is created if it does not exist; empty if it is locked already. */
    public static Optional<ProcessLock> tryCreate(Path file) throws IOException {
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

    /** Null if another process holds the lock, or another copy of this library in this process. */
    private static @Nullable FileLock attempt(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Sets the file's last modification time to now. Setting it by its path would open and close the file. */
    public void touch() throws IOException {
        channel.write(ByteBuffer.wrap(new byte[1]), 0);
    }

    /** {@return whether the lock is still held} */
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
