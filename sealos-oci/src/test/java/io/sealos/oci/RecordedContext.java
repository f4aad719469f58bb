package io.sealos.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lays out a recorded context, with the modes and owners that it had. */
final class RecordedContext {
    private final Path root;

    RecordedContext(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /**
     * Makes the context, and the files that lie beside it.
     *
     * @param outside the texts of those files by their names
     */
    void create(JsonNode entries, JsonNode outside) throws IOException {
        delete();
        Files.createDirectories(root);
        for (Map.Entry<String, JsonNode> file : outside.properties()) {
            Files.writeString(
                    root.resolveSibling(file.getKey()), file.getValue().asText());
        }
        List<JsonNode> made = new ArrayList<>();
        for (JsonNode entry : entries) {
            make(entry);
            made.add(entry);
        }
        // Last, and what is below first: a directory may forbid to write into it.
        Collections.reverse(made);
        for (JsonNode entry : made) {
            attributes(entry);
        }
    }

    void file(String name, byte[] content) throws IOException {
        Path file = parentMade(name);
        Files.write(file, content);
        Files.setAttribute(file, "unix:mode", 0644);
    }

    /** Whether files of the directory can have extended attributes. */
    static boolean hasExtendedAttributes(Path directory) throws IOException {
        return Files.getFileStore(directory).supportsFileAttributeView(UserDefinedFileAttributeView.class);
    }

    /** Deletes the context, and all that lies beside it. */
    void delete() throws IOException {
        Path directory = root.resolveSibling(".").normalize();
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private void make(JsonNode entry) throws IOException {
        Path path = parentMade(entry.path("path").asText());
        switch (entry.path("type").asText()) {
            case "file" -> Files.write(path, content(entry));
            case "dir" -> Files.createDirectories(path);
            case "symlink" ->
                Files.createSymbolicLink(path, Path.of(entry.path("target").asText()));
            case "fifo" -> makeFifo(path);
            default -> throw new IllegalStateException(entry.toString());
        }
    }

    private Path parentMade(String name) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.resolveSibling("."));
        return path;
    }

    private static byte[] content(JsonNode entry) {
        return entry.has("base64")
                ? Base64.getDecoder().decode(entry.path("base64").asText())
                : entry.path("text").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static void makeFifo(Path path) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void attributes(JsonNode entry) throws IOException {
        Path path = root.resolve(entry.path("path").asText());
        owner(entry, "uid", path);
        owner(entry, "gid", path);
        if (!Files.isSymbolicLink(path)) {
            extendedAttributes(entry.path("xattrs"), path);
            Files.setAttribute(
                    path, "unix:mode", Integer.parseInt(entry.path("mode").asText(), 8));
        }
    }

    private static void extendedAttributes(JsonNode attributes, Path path) throws IOException {
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            String value = attribute.getValue().asText();
            byte[] bytes = value.startsWith("base64:")
                    ? Base64.getDecoder().decode(value.substring("base64:".length()))
                    : value.getBytes(StandardCharsets.UTF_8);
            Files.getFileAttributeView(path, UserDefinedFileAttributeView.class)
                    .write(attribute.getKey().substring("user.".length()), ByteBuffer.wrap(bytes));
        }
    }

    private static void owner(JsonNode entry, String which, Path path) throws IOException {
        if (entry.has(which)) {
            Files.setAttribute(path, "unix:" + which, entry.path(which).asInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
