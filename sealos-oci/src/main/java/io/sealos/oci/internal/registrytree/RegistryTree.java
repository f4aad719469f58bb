package io.sealos.oci.internal.registrytree;

import io.sealos.images.Digest;
import io.sealos.images.ImageReference;
import io.sealos.oci.ImageSaveException;
import io.sealos.oci.internal.recipe.VirtualFile;
import io.sealos.oci.internal.source.SiteNames;
import io.sealos.oci.internal.store.ContentStore;
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
 * Lays out saved images as the files of {@code registry/}, in the form of the <a
 * href="https://github.com/distribution/distribution/blob/v2.8.3/registry/storage/paths.go">file system storage of the
 * distribution registry</a>, which sealos starts on this directory.
 *
 * <p>At a site, sealos copies what has a tag: first the whole index to which the tag points, and then the image for the
 * architecture of its host, with the same tag. Therefore, the tag of an image points to the manifest for the platform,
 * which can be copied by any host. The index is stored as a revision. If the site needs the index, it is saved
 * completely, with a {@linkplain SiteNames#digestTag digest tag}. An image that is referred to by digest also has such
 * a tag, unless its own tag points to the same manifest.
 */
public final class RegistryTree {
    private static final String ROOT = "registry/docker/registry/v2/";

    private final ContentStore store;
    private final Set<ImageReference> preferred;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, SortedSet<String>> owners = new HashMap<>();
    /** The tags by {@code repository:tag}. */
    private final Map<String, Tagged> tags = new LinkedHashMap<>();

    private RegistryTree(ContentStore store, Set<ImageReference> preferred) {
        this.store = store;
        this.preferred = preferred;
    }

    public static RegistryTree of(ContentStore store, List<ResolvedImage> images, Set<ImageReference> preferred)
            throws ImageSaveException {
        RegistryTree tree = new RegistryTree(store, preferred);
        List<ImageSaveException.Failure> clashes = new ArrayList<>();
        images.forEach(image -> tree.add(image, clashes));
        images.forEach(image -> tree.addDigestTags(image, clashes));
        if (!clashes.isEmpty()) {
            throw new ImageSaveException(clashes, images.size());
        }
        return tree;
    }

    /** Returns all files, sorted by path. Files that are needed by the same images form a group. */
    public List<VirtualFile> files() {
        List<VirtualFile> files = new ArrayList<>();
        entries.forEach((path, entry) -> files.add(new TreeFile(path, group(path), entry)));
        return List.copyOf(files);
    }

    private String group(String path) {
        return String.join(" ", owners.getOrDefault(path, new TreeSet<>()));
    }

    private void add(ResolvedImage image, List<ImageSaveException.Failure> clashes) {
        for (String repository : image.request().repositories()) {
            addContents(image, ROOT + "repositories/" + repository + "/");
            image.request().tag().ifPresent(tag -> addTag(image, repository, tag, image.manifest(), clashes));
        }
    }

    private void addContents(ResolvedImage image, String directory) {
        String owner = image.request().reference().toString();
        image.manifests().forEach((digest, size) -> {
            addBlob(digest, size, owner);
            addLink(directory + "_manifests/revisions/", digest, owner);
        });
        image.blobs().forEach((digest, size) -> {
            addBlob(digest, size, owner);
            addLink(directory + "_layers/", digest, owner);
        });
        image.tags().forEach((tag, digest) -> putTag(directory + "_manifests/tags/" + tag, digest, owner));
    }

    /** Adds the digest tags of an image, when all other tags are known. */
    private void addDigestTags(ResolvedImage image, List<ImageSaveException.Failure> clashes) {
        for (String repository : image.request().repositories()) {
            Tagged tagged = tags.get(repository + ":" + image.request().tag().orElse(""));
            boolean hasItsTag = tagged != null && tagged.target().equals(image.manifest());
            image.byDigest(hasItsTag)
                    .ifPresent(target -> addTag(image, repository, SiteNames.digestTag(target), target, clashes));
        }
    }

    private void addTag(
            ResolvedImage image,
            String repository,
            String tag,
            Digest target,
            List<ImageSaveException.Failure> clashes) {
        String name = repository + ":" + tag;
        String directory = ROOT + "repositories/" + repository + "/_manifests/tags/" + tag;
        Tagged other = tags.get(name);
        if (other == null || other.target().equals(target)) {
            putTag(name, directory, new Tagged(image, target));
        } else if (isPreferred(image) == isPreferred(other.image())) {
            clashes.add(clash(other.image(), image, name));
        } else if (isPreferred(image)) {
            entries.keySet().removeIf(path -> path.startsWith(directory + "/"));
            owners.keySet().removeIf(path -> path.startsWith(directory + "/"));
            putTag(name, directory, new Tagged(image, target));
        }
    }

    private void putTag(String name, String directory, Tagged tagged) {
        tags.put(name, tagged);
        putTag(directory, tagged.target(), tagged.image().request().reference().toString());
    }

    private void putTag(String directory, Digest target, String owner) {
        put(directory + "/current/link", new Link(target), owner);
        addLink(directory + "/index/", target, owner);
    }

    private boolean isPreferred(ResolvedImage image) {
        return preferred.contains(image.request().asked().withDefaultTag());
    }

    private static ImageSaveException.Failure clash(ResolvedImage one, ResolvedImage other, String place) {
        String problem = "is another image than " + one.request().reference() + " ("
                + one.request().askedAt() + "), but registry/ has one place for both, "
                + place;
        return new ImageSaveException.Failure(
                other.request().reference().toString(),
                other.request().askedAt(),
                "",
                0,
                problem,
                "give one of them another name or tag, or prefer one of them (preferImage)");
    }

    private void addLink(String directory, Digest digest, String owner) {
        put(directory + digest.algorithm() + "/" + digest.hex() + "/link", new Link(digest), owner);
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

    /** An image whose tag points to one of its manifests. */
    private record Tagged(ResolvedImage image, Digest target) {}

    /** The content of a file. */
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
