package io.sealos.oci.internal.registrytree;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Removes files from a {@code registry/} directory: first links, then the blobs to which no remaining link points. */
final class RegistryPruning {
    private static final String ROOT = "docker/registry/v2/";
    private static final String BLOBS = ROOT + "blobs/";
    private static final int MAX_DEPTH = 32;
    private static final int MAX_LINK = 200;

    private final Path directory;

    RegistryPruning(Path directory) {
        this.directory = directory;
    }

    void remove(SortedSet<String> paths) throws IOException {
        for (String path : paths) {
            if (!path.startsWith(BLOBS)) {
                delete(path);
            }
        }
        Set<String> linked = linked();
        for (String path : paths) {
            if (path.startsWith(BLOBS) && !linked.contains(path)) {
                delete(path);
            }
        }
    }

    /** Returns the blobs to which links point. */
    private Set<String> linked() throws IOException {
        Path repositories = directory.resolve(ROOT + "repositories");
        Set<String> blobs = new HashSet<>();
        if (!Files.isDirectory(repositories)) {
            return blobs;
        }
        for (Path link : links(repositories)) {
            String digest =
                    Files.size(link) > MAX_LINK ? "" : Files.readString(link).strip();
            int colon = digest.indexOf(':');
            if (colon > 0 && digest.length() > colon + 2) {
                String hex = digest.substring(colon + 1);
                blobs.add(BLOBS + digest.substring(0, colon) + "/" + hex.substring(0, 2) + "/" + hex + "/data");
            }
        }
        return blobs;
    }

    private static List<Path> links(Path repositories) throws IOException {
        try (Stream<Path> paths = Files.walk(repositories, MAX_DEPTH)) {
            return paths.filter(path -> path.endsWith("link") && Files.isRegularFile(path))
                    .toList();
        }
    }

    /** Deletes a file and the directories that become empty. Paths outside of the registry are ignored. */
    private void delete(String path) throws IOException {
        Path root = directory.resolve(ROOT).normalize();
        Path file = directory.resolve(path).normalize();
        if (!file.startsWith(root) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!file.toRealPath().startsWith(root.toRealPath())) {
            return;
        }
        Files.delete(file);
        Path parent = file.getParent();
        while (parent != null && !parent.equals(root) && !isNeeded(parent) && deleteEmpty(parent)) {
            parent = parent.getParent();
        }
    }

    /**
     * Returns whether a directory of tags must be kept. Without it, sealos would abort its copy at a repository that
     * the registry still lists.
     */
    private static boolean isNeeded(Path directory) {
        Path manifests = directory.resolveSibling(".").normalize();
        return directory.endsWith("_manifests/tags")
                && (Files.exists(manifests.resolve("revisions")) || Files.exists(manifests.resolveSibling("_layers")));
    }

    private static boolean deleteEmpty(Path directory) throws IOException {
        try {
            Files.delete(directory);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }
}
