package io.sealos.oci.internal.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
 * Extracts the files of an image, without its registry directory, into a directory with the form of a context
 * directory, so that it can be scanned with the commands of the image. Only regular files are created, so no link leads
 * out of the directory. Of a large file that is neither a chart nor a manifest nor a list, only the beginning is
 * extracted: scripts and values are smaller.
 */
public final class ApplicationFiles {
    private static final List<String> DIRECTORIES =
            List.of(StandardDirectory.CHARTS + "/", StandardDirectory.MANIFESTS + "/", StandardDirectory.SHIM + "/");

    private static final long MOST_BYTES = 1L << 30;
    private static final int LARGEST_OTHER = 4 << 20;
    private static final int BEGINNING = 1 << 16;
    private static final String REGISTRY = StandardDirectory.REGISTRY + "/";

    private final Path directory;
    private final Path incoming;
    private final Map<String, Path> added = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();
    private JsonNode config = MissingNode.getInstance();
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

    /** {@return the stored configuration of the image, whose commands apply the files} */
    public JsonNode config() {
        return config;
    }

    void config(JsonNode stored) {
        config = stored;
    }

    boolean takes(String path) {
        List<String> names = List.of(path.split("/", -1));
        return !path.startsWith(REGISTRY) && !names.contains("..") && !path.contains("\0");
    }

    private static boolean mayNameImages(String path) {
        return DIRECTORIES.stream().anyMatch(path::startsWith);
    }

    void add(String path, long size, InputStream content) throws IOException {
        boolean whole = mayNameImages(path) || size <= LARGEST_OTHER;
        bytes += whole ? size : BEGINNING;
        if (bytes > MOST_BYTES) {
            throw new IOException("its files besides registry/ have more than " + MOST_BYTES + " bytes");
        }
        Path file = incoming.resolve("" + count++);
        if (whole) {
            Files.copy(content, file);
        } else {
            Files.write(file, content.readNBytes(BEGINNING));
        }
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
