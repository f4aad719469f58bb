package io.sealos.oci.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tells, without reading it, that a file is as it was: device, inode, size, and the times of its last change. The
 * time of change (ctime) moves on with every write and change of attributes and cannot be set back, unlike the time of
 * modification; where a file system has none, nothing is known.
 */
public final class FileState {
    private static final List<String> NAMES = List.of("dev", "ino", "size", "lastModifiedTime", "ctime");
    private static final String ATTRIBUTES = "unix:" + String.join(",", NAMES);
    /** File systems that keep whole seconds may keep only every other one. */
    private static final Duration COARSE = Duration.ofSeconds(2);
    /** Clocks of kernels tick at least a hundred times a second. */
    private static final Duration FINE = Duration.ofMillis(100);

    private FileState() {}

    /** The state of the file; null where the file system does not tell. */
    public static @Nullable String of(Path file) throws IOException {
        Map<String, Object> found = read(file);
        return found == null ? null : text(found);
    }

    /**
     * The state of a file that had rest before now. A file that has just been changed could be changed once more within
     * the same tick of its clock, and would look the same: its state is null, as git's index does it.
     */
    static @Nullable String settled(Path file) throws IOException {
        Instant now = Instant.now();
        Map<String, Object> found = read(file);
        return found == null || !isSettled(found, now) ? null : text(found);
    }

    private static boolean isSettled(Map<String, Object> found, Instant now) {
        FileTime ctime = (FileTime) Objects.requireNonNull(found.get("ctime"), "ctime");
        Instant changed = ctime.toInstant();
        return changed.isBefore(now.minus(changed.getNano() == 0 ? COARSE : FINE));
    }

    private static @Nullable Map<String, Object> read(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS)
                : null;
    }

    private static String text(Map<String, Object> found) {
        StringBuilder text = new StringBuilder();
        NAMES.forEach(
                name -> text.append(name).append('=').append(found.get(name)).append(' '));
        return text.toString();
    }
}
