package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.internal.recipe.VirtualFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Saved images as files under {@code registry/}, laid out as the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">file system storage of the
 * distribution registry</a>, which sealos starts on this folder.
 */
public final class RegistryTree {
    private static final String ROOT = "registry/docker/registry/v2/";

    private final ContentStore store;
    private final Set<ImageReference> preferred;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, SortedSet<String>> owners = new HashMap<>();
    private final Map<String, ResolvedImage> tags = new LinkedHashMap<>();

    private RegistryTree(ContentStore store, Set<ImageReference> preferred) {
        this.store = store;
        this.preferred = preferred;
    }

    static RegistryTree of(ContentStore store, List<ResolvedImage> images, Set<ImageReference> preferred)
            throws UnsavedImagesException {
        RegistryTree tree = new RegistryTree(store, preferred);
        List<UnsavedImagesException.Failure> clashes = new ArrayList<>();
        for (ResolvedImage image : images) {
            tree.add(image, clashes);
        }
        if (!clashes.isEmpty()) {
            throw new UnsavedImagesException(clashes, images.size());
        }
        return tree;
    }

    /** Every file, sorted by its path; those that the same images need are a group. */
    public List<VirtualFile> files() {
        List<VirtualFile> files = new ArrayList<>();
        entries.forEach((path, entry) -> files.add(new TreeFile(path, group(path), entry)));
        return List.copyOf(files);
    }

    private String group(String path) {
        return String.join(" ", owners.getOrDefault(path, new TreeSet<>()));
    }

    private void add(ResolvedImage image, List<UnsavedImagesException.Failure> clashes) {
        String owner = image.request().reference().toString();
        String repository = ROOT + "repositories/" + image.request().repositoryPath() + "/";
        image.manifests().forEach((digest, size) -> {
            addBlob(digest, size, owner);
            addLink(repository + "_manifests/revisions/", digest, owner);
        });
        image.blobs().forEach((digest, size) -> {
            addBlob(digest, size, owner);
            addLink(repository + "_layers/", digest, owner);
        });
        image.tags().forEach((tag, digest) -> putTag(repository + "_manifests/tags/" + tag, digest, owner));
        image.request().tag().ifPresent(tag -> addTag(repository + "_manifests/tags/" + tag, image, clashes));
    }

    private void addTag(String folder, ResolvedImage image, List<UnsavedImagesException.Failure> clashes) {
        ResolvedImage other = tags.get(folder);
        if (other == null || other.root().equals(image.root())) {
            putTag(folder, image);
        } else if (isPreferred(image) == isPreferred(other)) {
            clashes.add(clash(other, image));
        } else if (isPreferred(image)) {
            entries.keySet().removeIf(path -> path.startsWith(folder + "/"));
            owners.keySet().removeIf(path -> path.startsWith(folder + "/"));
            putTag(folder, image);
        }
    }

    private void putTag(String folder, ResolvedImage image) {
        tags.put(folder, image);
        putTag(folder, image.root(), image.request().reference().toString());
    }

    private void putTag(String folder, Digest root, String owner) {
        put(folder + "/current/link", new Link(root), owner);
        addLink(folder + "/index/", root, owner);
    }

    private boolean isPreferred(ResolvedImage image) {
        return preferred.contains(image.request().reference().withDefaultTag());
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
                "give one of them another name or tag, or decide by preferImage");
    }

    private void addLink(String folder, Digest digest, String owner) {
        put(folder + digest.algorithm() + "/" + digest.hex() + "/link", new Link(digest), owner);
    }

    private void addBlob(Digest digest, long size, String owner) {
        String hex = digest.hex();
        String path = ROOT + "blobs/" + digest.algorithm() + "/" + hex.substring(0, 2) + "/" + hex + "/data";
        put(path, new Blob(store, digest, size), owner);
    }

    private void put(String path, Entry entry, String owner) {
        entries.put(path, entry);
        owners.computeIfAbsent(path, added -> new TreeSet<>()).add(owner);
    }

    /** What a file holds. */
    private sealed interface Entry {
        long size();

        InputStream open() throws IOException;

        String identity();
    }

    private record Link(Digest digest) implements Entry {
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

    private record Blob(ContentStore store, Digest digest, long size) implements Entry {
        @Override
        public InputStream open() throws IOException {
            return store.open(digest);
        }

        @Override
        public String identity() {
            return digest.toString();
        }
    }

    private record TreeFile(String path, String group, Entry entry) implements VirtualFile {
        @Override
        public long size() {
            return entry.size();
        }

        @Override
        public InputStream open() throws IOException {
            return entry.open();
        }

        @Override
        public String identity() {
            return entry.identity();
        }
    }
}
