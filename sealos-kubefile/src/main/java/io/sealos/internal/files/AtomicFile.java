package io.sealos.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes files that appear under their name only when they are complete, and replaces those that exist. Exceptions name
 * the file and not the incomplete one.
 */
public final class AtomicFile {
    private static final int BUFFER = 1 << 17;

    private AtomicFile() {}

    /** Writes a file in an existing directory. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, content, file.resolveSibling(""));
    }

    /**
     * Writes a file in an existing directory.
     *
     * @param parts the directory of the incomplete file, on the same file system
     */
    public static void write(Path file, byte[] content, Path parts) throws IOException {
        write(file, parts, part -> Files.write(part, content, StandardOpenOption.CREATE_NEW));
    }

    /**
     * Writes the rest of a stream to a file in an existing directory.
     *
     * @param parts the directory of the incomplete file, on the same file system
     */
    public static void write(Path file, InputStream content, Path parts) throws IOException {
        write(file, parts, part -> {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                copy(content, out);
            }
        });
    }

    private static void write(Path file, Path parts, Writing content) throws IOException {
        Path part = part(file, parts);
        try {
            content.to(part);
            move(part, file);
        } catch (FileSystemException e) {
            delete(part, e);
            throw named(file, part, e);
        } catch (IOException | RuntimeException e) {
            delete(part, e);
            throw e;
        }
    }

    private static void delete(Path part, Exception failure) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private interface Writing {
        void to(Path part) throws IOException;
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
        }
    }

    private static Path part(Path file, Path parts) {
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return parts.resolve("." + file.getFileName() + "-" + random + ".part");
    }

    /**
     * Gives a complete file its final name, on the same file system.
     *
     * @throws FileSystemException if the name is that of a device, a pipe or a socket, which would be lost
     */
    public static void move(Path complete, Path file) throws IOException {
        requireReplaceable(file);
        try {
            Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw named(file, complete, e);
        }
    }

    /**
     * Throws an exception if a path is that of a device, a pipe or a socket, which a file must not replace.
     *
     * @throws FileSystemException if it is
     */
    public static void requireReplaceable(Path file) throws IOException {
        if (Files.exists(file)
                && Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
            throw new FileSystemException(
                    RequiredPath.shown(file), null, "is a device, a pipe or a socket; name a file to be written");
        }
    }

    /** Returns an exception about the file instead of the incomplete one; others, such as those of a source, stay. */
    private static FileSystemException named(Path file, Path part, FileSystemException e) {
        if (!part.toString().equals(e.getFile())) {
            return e;
        }
        FileSystemException named = named(file, e);
        named.initCause(e);
        return named;
    }

    private static FileSystemException named(Path file, FileSystemException e) {
        String name = file.toString();
        if (e instanceof NoSuchFileException) {
            return new NoSuchFileException(name, null, missing(file));
        }
        if (e instanceof AccessDeniedException) {
            return new AccessDeniedException(name, null, e.getReason());
        }
        return new FileSystemException(name, null, e.getReason());
    }

    private static String missing(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null || Files.isDirectory(parent)
                ? "it cannot be created, or its incomplete file was deleted; check the directory, and try again"
                : "there is no directory " + parent + "; create it or name another file";
    }
}
