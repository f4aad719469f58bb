package io.sealos.oci.internal.inspect;

import io.sealos.images.StandardDirectory;
import io.sealos.internal.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Extracts the files of an image that may refer to images, into a directory with the form of a context directory. Only
 * regular files are created, so no link leads out of the directory.
 */
public final class ApplicationFiles {
    private static final List<String> DIRECTORIES =
            List.of(StandardDirectory.CHARTS + "/", StandardDirectory.MANIFESTS + "/", StandardDirectory.SHIM + "/");

    private static final long MOST_BYTES = 1L << 30;

    private final Path directory;
    private final Path incoming;
    private final Map<String, Path> added = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();
    private long bytes;
    private long count;

    /** Creates an instance that extracts into a scratch directory of the caller. */
    public ApplicationFiles(Path scratch) throws IOException {
        this.directory = Files.createDirectory(scratch.resolve("context"));
        this.incoming = Files.createDirectory(scratch.resolve("incoming"));
    }

    /** {@return the directory with the files of all layers} */
    public Path directory() {
        return directory;
    }

    boolean takes(String path) {
        List<String> names = List.of(path.split("/", -1));
        return DIRECTORIES.stream().anyMatch(path::startsWith) && !names.contains("..") && !path.contains("\0");
    }

    void add(String path, long size, InputStream content) throws IOException {
        bytes += size;
        if (bytes > MOST_BYTES) {
            throw new IOException("charts, manifests and lists have more than " + MOST_BYTES + " bytes");
        }
        Path file = incoming.resolve("" + count++);
        Files.copy(content, file);
        added.put(path, file);
    }

    /** Removes a path of the lower layers, and everything below it, at the end of the current layer. */
    void remove(String path) {
        removed.add(path);
    }

    void endLayer() throws IOException {
        for (String path : removed) {
            delete(directory.resolve(path).normalize());
        }
        for (Map.Entry<String, Path> file : added.entrySet()) {
            place(file.getValue(), directory.resolve(file.getKey()).normalize());
        }
        removed.clear();
        added.clear();
    }

    private void place(Path file, Path target) throws IOException {
        Path parent = target.resolveSibling(".").normalize();
        Path above = directory;
        for (Path name : directory.relativize(parent)) {
            above = above.resolve(name);
            if (Files.isRegularFile(above)) {
                Files.delete(above);
            }
        }
        Files.createDirectories(parent);
        delete(target);
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    }

    private void delete(Path path) throws IOException {
        if (path.startsWith(directory) && !path.equals(directory) && Files.exists(path)) {
            FileTree.delete(path);
        }
    }
}
