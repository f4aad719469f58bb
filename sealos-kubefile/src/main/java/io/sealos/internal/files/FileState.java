package io.sealos.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells, without reading it, that a file is as it was: where it lies, its size, and the times of its last change.
 * The time of change (ctime) moves on with every write and every change of attributes and cannot be set back, unlike
 * the time of modification, which counts where a file system has no other.
 *
 * <p>Immutable and thread-safe; equal for a file that nobody touched. Of <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sys_stat.h.html">what stat tells</a> it has:
 *
 * @param device the file system
 * @param inode its number there
 * @param size in bytes
 * @param modified the time of the last modification, in nanoseconds since 1970
 * @param changed the time of the last change, in nanoseconds since 1970
 */
public record FileState(long device, long inode, long size, long modified, long changed) {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** File systems that keep whole seconds may keep only every other one. */
    private static final long COARSE = 2 * SECOND;
    /** Clocks of kernels tick at least a hundred times a second. */
    private static final long FINE = SECOND / 10;

    /**
     * {@return the state in which a file is now; empty where the file system does not tell} Links are not followed.
     *
     * @param file the file
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static Optional<FileState> of(Path file) throws IOException {
        return FileSnapshot.of(file).state();
    }

    /**
     * {@return whether the file had rest before a time} A file that has just been changed could be changed once more
     * within the same tick of its clock, and would look the same, as it does to git's index.
     *
     * @param now when the state was asked for, or before
     */
    public boolean isSettled(Instant now) {
        return isSettled(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    boolean isSettled(long nowInNanos) {
        return changed < nowInNanos - (changed % SECOND == 0 ? COARSE : FINE);
    }

    /** {@return all of it in one word} */
    @Override
    public String toString() {
        return device + ":" + inode + ":" + size + ":" + modified + ":" + changed;
    }
}
