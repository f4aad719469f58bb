package io.sealos.internal.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files that appear under their name only when they are complete, and replaces those that exist. */
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
        Path part = part(file, parts);
        try {
            Files.write(part, content, StandardOpenOption.CREATE_NEW);
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Writes the rest of a stream to a file in an existing directory.
     *
     * @param parts the directory of the incomplete file, on the same file system
     */
    public static void write(Path file, InputStream content, Path parts) throws IOException {
        Path part = part(file, parts);
        try {
            try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
                copy(content, out);
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
        }
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

    /** Gives a complete file its final name, on the same file system. */
    public static void move(Path complete, Path file) throws IOException {
        Files.move(complete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
