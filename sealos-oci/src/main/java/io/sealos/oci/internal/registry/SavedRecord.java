package io.sealos.oci.internal.registry;

import io.sealos.internal.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which files of a registry directory an earlier call wrote, so that nothing is taken away that came from elsewhere.
 */
final class SavedRecord {
    private static final String NAME = "docker/registry/saved-files";

    private final Path file;

    SavedRecord(Path directory) {
        this.file = directory.resolve(NAME);
    }

    SortedSet<String> read() throws IOException {
        return Files.isRegularFile(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<>();
    }

    void write(SortedSet<String> paths) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        AtomicFile.write(file, (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
