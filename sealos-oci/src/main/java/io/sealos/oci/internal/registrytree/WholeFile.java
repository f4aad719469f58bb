package io.sealos.oci.internal.registrytree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that appear under their names only when they are complete. */
final class WholeFile {
    private WholeFile() {}

    /** Writes the content of a file that does not exist yet. */
    interface Content {
        void writeTo(Path part) throws IOException;
    }

    static void write(Path target, Content content) throws IOException {
        Path directory = target.resolveSibling(".").normalize();
        Files.createDirectories(directory);
        Path scratch = Files.createTempDirectory(directory, ".part-");
        Path part = scratch.resolve("part");
        try {
            content.writeTo(part);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(target + " cannot be written: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
            Files.delete(scratch);
        }
    }
}
