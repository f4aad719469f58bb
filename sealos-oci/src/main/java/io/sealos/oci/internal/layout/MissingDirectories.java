package io.sealos.oci.internal.layout;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** The directories that did not exist and were created. Not thread-safe. */
final class MissingDirectories {
    /** The deepest first. */
    private final Deque<Path> created = new ArrayDeque<>();

    /** Creates a directory and its parents, unless they exist. */
    void create(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path one = directory.toAbsolutePath(); one != null && Files.notExists(one); one = one.getParent()) {
            missing.push(one);
        }
        for (Path one : missing) {
            if (isNew(one)) {
                created.push(one);
            }
        }
        Files.createDirectories(directory);
    }

    /** {@return whether this call created the directory} Otherwise another one was faster, or it cannot be created. */
    private static boolean isNew(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Deletes the created directories that are empty. */
    void deleteEmpty() {
        for (Path directory : created) {
            try {
                Files.deleteIfExists(directory);
            } catch (IOException e) {
                return; // It has the output, or something of another call, and its parents are not empty either.
            }
        }
    }
}
