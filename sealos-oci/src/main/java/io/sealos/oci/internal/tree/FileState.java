package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells, without reading it, that a file is as it was: device, inode, size, and the times of its last change. The
 * time of change (ctime) moves on with every write and change of attributes and cannot be set back, unlike the time of
 * modification; where a file system has none, nothing is known.
 *
 * @param modified in nanoseconds
 * @param changed in nanoseconds
 */
public record FileState(long device, long inode, long size, long modified, long changed) {
    static final String ATTRIBUTES = "dev,ino,size,lastModifiedTime,ctime";

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** File systems that keep whole seconds may keep only every other one. */
    private static final Duration COARSE = Duration.ofSeconds(2);
    /** Clocks of kernels tick at least a hundred times a second. */
    private static final Duration FINE = Duration.ofMillis(100);

    /** The state of the file as text; null where the file system does not tell. */
    public static @Nullable String of(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? of(Files.readAttributes(file, "unix:" + ATTRIBUTES, LinkOption.NOFOLLOW_LINKS))
                        .toString()
                : null;
    }

    static FileState of(Map<String, Object> unix) {
        return new FileState(
                number(unix, "dev").longValue(),
                number(unix, "ino").longValue(),
                number(unix, "size").longValue(),
                nanos(unix, "lastModifiedTime"),
                nanos(unix, "ctime"));
    }

    /**
     * Whether the file had rest before now. A file that has just been changed could be changed once more within the
     * same tick of its clock, and would look the same, as it does to git's index.
     */
    boolean isSettled(Instant now) {
        boolean wholeSeconds = changed % SECOND == 0;
        Instant at = Instant.ofEpochSecond(0, changed);
        return at.isBefore(now.minus(wholeSeconds ? COARSE : FINE));
    }

    static Number number(Map<String, Object> unix, String name) {
        if (unix.get(name) instanceof Number number) {
            return number;
        }
        throw new IllegalStateException("the file system has no attribute " + name);
    }

    private static long nanos(Map<String, Object> unix, String name) {
        if (unix.get(name) instanceof FileTime time) {
            return time.to(TimeUnit.NANOSECONDS);
        }
        throw new IllegalStateException("the file system has no attribute " + name);
    }

    /** {@return all of it in one word} */
    @Override
    public String toString() {
        return device + ":" + inode + ":" + size + ":" + modified + ":" + changed;
    }
}
