package io.sealos.internal.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The state of a file, by which a change is recognized without reading the file: its location, its size, and the times
 * of its last change. The time of change (ctime) advances with every write and every change of attributes, and cannot
 * be set back. The time of modification can; it decides only on file systems that have no time of change.
 *
 * <p>Immutable and thread-safe. The states of an unchanged file are equal. The components are fields of the <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sys_stat.h.html">structure {@code stat}</a>.
 *
 * @param device the device of the file system
 * @param inode the number of the file in the file system
 * @param size the size in bytes
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
     * {@return the current state of a file; empty if the file system does not provide it} Links are not followed.
     *
     * @param file the file
     * @throws IOException if it is not there, or cannot be looked at
     */
    public static Optional<FileState> of(Path file) throws IOException {
        return FileSnapshot.of(file).state();
    }

    /**
     * {@return whether the last change was so long before a time that any later change alters the state} A file that
     * has just been changed could be changed again within the same clock tick, and its state would stay the same. The
     * index of git has the same problem.
     *
     * @param now the time at which the state was read, or an earlier time
     */
    public boolean isSettled(Instant now) {
        return isSettled(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    boolean isSettled(long nowInNanos) {
        return changed < nowInNanos - (changed % SECOND == 0 ? COARSE : FINE);
    }

    /** {@return all components, joined without spaces} */
    @Override
    public String toString() {
        return device + ":" + inode + ":" + size + ":" + modified + ":" + changed;
    }
}
