package io.sealos.internal.files;

import io.sealos.internal.files.FileSnapshot.Kind;
import io.sealos.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a file, read in a single system call.
 *
 * @param mode the permission bits; {@link #NO_MODE} if the platform has none
 * @param links the number of names (hard links) of the file
 * @param state the state of the file; null if the platform does not provide it
 */
record FileAttributes(
        Kind kind, int mode, int links, long size, @Nullable FileState state) {
    static final int NO_MODE = -1;

    // Only these attributes are read: each one costs time, and there are many files.
    private static final String ATTRIBUTES = "unix:mode,nlink,dev,ino,size,lastModifiedTime,ctime";
    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 07777;
    private static final FileAttributes UNKNOWN = new FileAttributes(Kind.UNKNOWN, NO_MODE, 1, 0, null);

    static FileAttributes at(Path file, LinkOption... links) throws IOException {
        Path found = OverlayFileSystem.beneath(file, links);
        if (found == null) {
            return of(Files.readAttributes(file, PosixFileAttributes.class, links));
        }
        FileSystem system = found.getFileSystem();
        Set<String> views = system.supportedFileAttributeViews();
        // The times and numbers of other file systems may not change with the file, or may be those of another file.
        if (views.contains("unix") && system.equals(FileSystems.getDefault())) {
            return of(Files.readAttributes(found, ATTRIBUTES, links));
        }
        return views.contains("posix")
                ? of(Files.readAttributes(found, PosixFileAttributes.class, links))
                : of(Files.readAttributes(found, BasicFileAttributes.class, links), NO_MODE);
    }

    /**
     * {@return the attributes of an entry of a directory; unknown ones if it no longer exists or cannot be examined}
     * Links are not followed.
     */
    static FileAttributes lenient(Path file) {
        try {
            return at(file, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return UNKNOWN; // Whoever reads the file gets the reason.
        }
    }

    private static FileAttributes of(Map<String, Object> unix) {
        int mode = number(unix, "mode").intValue();
        long size = number(unix, "size").longValue();
        FileState state = new FileState(
                number(unix, "dev").longValue(),
                number(unix, "ino").longValue(),
                size,
                nanos(unix, "lastModifiedTime"),
                nanos(unix, "ctime"));
        return new FileAttributes(
                kind(mode), mode & PERMISSIONS, number(unix, "nlink").intValue(), size, state);
    }

    private static FileAttributes of(PosixFileAttributes posix) {
        int mode = 0;
        for (PosixFilePermission permission : posix.permissions()) {
            mode |= bit(permission);
        }
        return of(posix, mode);
    }

    private static int bit(PosixFilePermission permission) {
        return switch (permission) {
            case OWNER_READ -> 0400;
            case OWNER_WRITE -> 0200;
            case OWNER_EXECUTE -> 0100;
            case GROUP_READ -> 0040;
            case GROUP_WRITE -> 0020;
            case GROUP_EXECUTE -> 0010;
            case OTHERS_READ -> 0004;
            case OTHERS_WRITE -> 0002;
            case OTHERS_EXECUTE -> 0001;
        };
    }

    private static FileAttributes of(BasicFileAttributes basic, int mode) {
        Kind kind = basic.isRegularFile()
                ? Kind.FILE
                : basic.isDirectory() ? Kind.DIRECTORY : basic.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
        return new FileAttributes(kind, mode, 1, basic.size(), null);
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE) {
            case 0100000 -> Kind.FILE;
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.LINK;
            case 0010000 -> Kind.PIPE;
            case 0020000 -> Kind.CHARACTER_DEVICE;
            case 0060000 -> Kind.BLOCK_DEVICE;
            default -> Kind.OTHER;
        };
    }

    private static Number number(Map<String, Object> unix, String name) {
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
}
