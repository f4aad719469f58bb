package io.sealos.oci.internal.read;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sealos.images.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code registry/} directory as an image layout, whose index lists every tag as {@code REPOSITORY:TAG} and every
 * manifest of a repository as {@code REPOSITORY@DIGEST}.
 */
final class RegistryFiles extends StoredFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DEPTH = 32;

    private final Path directory;
    private final DirectoryFiles files;
    private @Nullable Document index;

    RegistryFiles(Path directory) throws IOException {
        super(directory.toString());
        this.directory = directory;
        if (!Files.isDirectory(directory.resolve(REGISTRY))) {
            boolean layout = Files.exists(directory.resolve("index.json"));
            throw new NotDirectoryException(directory + ": is not a registry directory, because it has no " + REGISTRY
                    + (layout ? "; read it as an OCI layout (OciLayout.directory)" : ""));
        }
        this.files = new DirectoryFiles(directory);
    }

    @Override
    public Optional<Stored> find(String path) throws IOException {
        if (path.equals("index.json")) {
            return Optional.of(index());
        }
        String[] parts = path.split("/", -1);
        return parts.length == 3 && parts[0].equals("blobs") && parts[2].length() > 2
                ? files.find(REGISTRY + "blobs/" + parts[1] + "/" + parts[2].substring(0, 2) + "/" + parts[2] + "/data")
                : Optional.empty();
    }

    /** Returns the index, which is created once since it is read for every image. */
    private synchronized Document index() throws IOException {
        if (index == null) {
            index = new Document(tagsAndRevisions().toString());
        }
        return index;
    }

    private ObjectNode tagsAndRevisions() throws IOException {
        ObjectNode document = JSON.createObjectNode().put("schemaVersion", 2);
        ArrayNode manifests = document.putArray("manifests");
        Path repositories = directory.resolve(REGISTRY + "repositories");
        for (Path link : links(repositories)) {
            String path = repositories.relativize(link).toString().replace('\\', '/');
            int end = path.indexOf("/_manifests/");
            if (path.endsWith("/current/link")) {
                String tag = link.getName(link.getNameCount() - 3).toString();
                add(manifests, link, path.substring(0, end) + ":" + tag);
            } else if (path.startsWith("/_manifests/revisions/", end)) {
                add(manifests, link, path.substring(0, end) + "@" + digest(link));
            }
        }
        return document;
    }

    private static List<Path> links(Path repositories) throws IOException {
        if (!Files.isDirectory(repositories)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(repositories, MAX_DEPTH)) {
            return paths.filter(path -> path.endsWith("link") && path.toString().contains("_manifests"))
                    .sorted()
                    .toList();
        }
    }

    /** Adds an entry for a link, unless its blob is missing. */
    private void add(ArrayNode manifests, Path link, String name) throws IOException {
        Digest digest = digest(link);
        Optional<Stored> blob = find("blobs/" + digest.algorithm() + "/" + digest.hex());
        if (blob.isPresent()) {
            ObjectNode entry = manifests.addObject();
            entry.put("digest", digest.toString()).put("size", blob.get().size());
            entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        }
    }

    private Digest digest(Path link) throws IOException {
        String path = directory.relativize(link).toString().replace('\\', '/');
        byte[] content = files.bytes(path);
        try {
            return Digest.parse(new String(content, StandardCharsets.UTF_8).strip());
        } catch (IllegalArgumentException e) {
            throw broken(path, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        files.close();
    }

    private record Document(String text) implements Stored {
        @Override
        public long size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
