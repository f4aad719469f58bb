package io.sealos.oci.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sealos.images.Digest;
import io.sealos.oci.internal.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A directory in the storage layout of the distribution registry, whose repositories are copied to a registry. */
final class SavedRegistry {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V2 = "docker/registry/v2";
    private static final String TAGS = "/_manifests/tags/";
    private static final String TAGGED = "/current/link";

    private final Path root;
    private final RegistryContent content;

    SavedRegistry(Path directory, RegistryContent content) throws IOException {
        this.root = directory.resolve(V2);
        this.content = content;
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(directory + ": is not a registry directory, because it has no " + V2
                    + "; with several platforms, give the directory of one, such as " + directory
                    + "/linux-amd64");
        }
    }

    /** Copies all blobs and manifests, and returns the names of the tags, such as {@code library/nginx:1.25}. */
    List<String> put() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path link : links()) {
            String path =
                    root.resolve("repositories").relativize(link).toString().replace('\\', '/');
            if (path.contains("/_layers/")) {
                content.putBlob(repository(path, "/_layers/"), blob(link));
            } else if (path.contains("/_manifests/revisions/")) {
                putManifest(
                        repository(path, "/_manifests/revisions/"), digest(link).toString(), link);
            } else if (path.contains(TAGS) && path.endsWith(TAGGED)) {
                String repository = repository(path, TAGS);
                String tag = path.substring(repository.length() + TAGS.length(), path.length() - TAGGED.length());
                putManifest(repository, tag, link);
                names.add(repository + ":" + tag);
            }
        }
        return names;
    }

    private List<Path> links() throws IOException {
        Path repositories = root.resolve("repositories");
        if (!Files.isDirectory(repositories)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(repositories)) {
            return files.filter(file -> file.endsWith("link")).sorted().toList();
        }
    }

    private static String repository(String path, String part) {
        return path.substring(0, path.indexOf(part));
    }

    private void putManifest(String repository, String reference, Path link) throws IOException {
        byte[] manifest = blob(link);
        content.putManifest(repository, reference, mediaType(manifest), manifest);
    }

    private static String mediaType(byte[] manifest) throws IOException {
        JsonNode document = JSON.readTree(manifest);
        String usual = document.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
        return document.path("mediaType").asText(usual);
    }

    private static Digest digest(Path link) throws IOException {
        try {
            return Digest.parse(Files.readString(link).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(link + ": is not a link to a blob: " + e.getMessage(), e);
        }
    }

    private byte[] blob(Path link) throws IOException {
        Digest digest = digest(link);
        Path file = root.resolve(
                "blobs/" + digest.algorithm() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data");
        byte[] bytes = Files.readAllBytes(file);
        Digest actual = RegistryContent.digestOf(bytes);
        if (!actual.equals(digest)) {
            throw new IOException(file + ": has the digest " + actual + " instead of " + digest);
        }
        return bytes;
    }
}
