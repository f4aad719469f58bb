package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Saved images as files under {@code registry/}, laid out as the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">file system storage of the
 * distribution registry</a>, which sealos starts on this folder.
 */
public final class RegistryTree {
    private static final String ROOT = "registry/docker/registry/v2/";

    private final ContentStore store;
    private final Map<String, VirtualFile> files = new TreeMap<>();
    private final Map<String, ResolvedImage> tags = new LinkedHashMap<>();

    private RegistryTree(ContentStore store) {
        this.store = store;
    }

    static RegistryTree of(ContentStore store, List<ResolvedImage> images) throws UnsavedImagesException {
        RegistryTree tree = new RegistryTree(store);
        List<UnsavedImagesException.Failure> clashes = new ArrayList<>();
        for (ResolvedImage image : images) {
            tree.add(image, clashes);
        }
        if (!clashes.isEmpty()) {
            throw new UnsavedImagesException(clashes, images.size());
        }
        return tree;
    }

    /** Every file, sorted by its path. */
    public List<VirtualFile> files() {
        return List.copyOf(files.values());
    }

    /** Writes the files below a folder, each complete or absent; the folder {@code registry} appears in it. */
    public void writeTo(Path folder) throws IOException {
        for (VirtualFile file : files.values()) {
            Path target = folder.resolve(file.path());
            Path parent = target.resolveSibling(".").normalize();
            Files.createDirectories(parent);
            Path part = Files.createTempFile(parent, ".part-", "");
            try (InputStream content = file.open()) {
                Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private void add(ResolvedImage image, List<UnsavedImagesException.Failure> clashes) {
        String repository = ROOT + "repositories/" + image.request().repositoryPath() + "/";
        image.manifests().forEach((digest, size) -> {
            addBlob(digest, size);
            addLink(repository + "_manifests/revisions/", digest);
        });
        image.blobs().forEach((digest, size) -> {
            addBlob(digest, size);
            addLink(repository + "_layers/", digest);
        });
        image.request().tag().ifPresent(tag -> addTag(repository + "_manifests/tags/" + tag, image, clashes));
    }

    private void addTag(String folder, ResolvedImage image, List<UnsavedImagesException.Failure> clashes) {
        ResolvedImage other = tags.putIfAbsent(folder, image);
        if (other != null && !other.root().equals(image.root())) {
            clashes.add(clash(other, image));
            return;
        }
        put(new Link(folder + "/current/link", image.root()));
        addLink(folder + "/index/", image.root());
    }

    private static UnsavedImagesException.Failure clash(ResolvedImage one, ResolvedImage other) {
        String problem = "is another image than " + one.request().reference() + " ("
                + one.request().askedAt() + "), but registry/ has one place for both, "
                + one.request().repositoryPath() + ":" + one.request().tag().orElse("");
        return new UnsavedImagesException.Failure(
                other.request().reference().toString(),
                other.request().askedAt(),
                "",
                0,
                problem,
                "give one of them another name or tag");
    }

    private void addLink(String folder, Digest digest) {
        put(new Link(folder + digest.algorithm() + "/" + digest.hex() + "/link", digest));
    }

    private void addBlob(Digest digest, long size) {
        String hex = digest.hex();
        String path = ROOT + "blobs/" + digest.algorithm() + "/" + hex.substring(0, 2) + "/" + hex + "/data";
        put(new Stored(path, size, store, digest));
    }

    private void put(VirtualFile file) {
        files.put(file.path(), file);
    }

    private record Link(String path, Digest digest) implements VirtualFile {
        @Override
        public long size() {
            return digest.toString().length();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(digest.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String identity() {
            return "link to " + digest;
        }
    }

    private record Stored(String path, long size, ContentStore store, Digest digest) implements VirtualFile {
        @Override
        public InputStream open() throws IOException {
            return store.open(digest);
        }

        @Override
        public String identity() {
            return digest.toString();
        }
    }
}
