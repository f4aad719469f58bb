package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A registry directory as the distribution registry serves it, which finds manifests and blobs only by the links of
 * their repository.
 */
final class RegistryView {
    private static final String ROOT = "registry/docker/registry/v2/";
    private static final String REPOSITORIES = ROOT + "repositories/";
    private static final String BLOBS = ROOT + "blobs/";
    private static final String MANIFESTS = "/_manifests/";
    private static final String TAGS = "/_manifests/tags/";
    private static final String REVISIONS = "/_manifests/revisions";
    private static final String CURRENT = "/current/link";

    private final SortedMap<String, RegistryFile> files;
    private final SortedMap<String, SortedMap<String, String>> tags = new TreeMap<>();
    private final Set<String> listed = new HashSet<>();

    /** Creates a view of the given files and directories of tags. */
    RegistryView(SortedMap<String, RegistryFile> files, SortedSet<String> tagDirectories) {
        this.files = files;
        files.subMap(REPOSITORIES, REPOSITORIES + Character.MAX_VALUE).forEach(this::add);
        tagDirectories.stream()
                .filter(path -> path.startsWith(REPOSITORIES) && path.endsWith(TAGS))
                .map(path -> path.substring(REPOSITORIES.length(), path.length() - TAGS.length()))
                .forEach(this::addListed);
    }

    private void addListed(String repository) {
        tags.computeIfAbsent(repository, added -> new TreeMap<>());
        listed.add(repository);
    }

    private void add(String path, RegistryFile file) {
        int end = Math.max(path.indexOf(MANIFESTS), path.indexOf("/_layers/"));
        if (end < 0) {
            return;
        }
        String repository = path.substring(REPOSITORIES.length(), end);
        SortedMap<String, String> found = tags.computeIfAbsent(repository, added -> new TreeMap<>());
        if (path.startsWith(TAGS, end)) {
            listed.add(repository);
            String rest = path.substring(end + TAGS.length());
            int name = rest.indexOf('/');
            if (name > 0 && rest.substring(name).equals(CURRENT)) {
                found.put(rest.substring(0, name), file.link());
            }
        }
    }

    SortedMap<String, RegistryFile> files() {
        return files;
    }

    SortedSet<String> repositories() {
        return new TreeSet<>(tags.keySet());
    }

    /** {@return whether a registry can list the tags of a repository, which may have none} */
    boolean listsTags(String repository) {
        return listed.contains(repository);
    }

    /** {@return each tag with the digest that it points to} */
    SortedMap<String, String> tags(String repository) {
        return tags.getOrDefault(repository, new TreeMap<>());
    }

    /** {@return a manifest or an index of a repository; null if the registry would not find it} */
    @Nullable
    RegistryDocument manifest(String repository, String digest) {
        RegistryFile link = files.get(link(repository + REVISIONS, digest));
        RegistryDocument document = document(digest);
        boolean served =
                link != null && document != null && document.digest().toString().equals(digest);
        return served ? document : null;
    }

    /** {@return the digests of the manifests and indexes of a repository} */
    SortedSet<String> manifests(String repository) {
        String revisions = REPOSITORIES + repository + REVISIONS + "/";
        SortedSet<String> digests = new TreeSet<>();
        files.subMap(revisions, revisions + Character.MAX_VALUE).values().forEach(link -> digests.add(link.link()));
        return digests;
    }

    boolean hasBlob(String repository, String digest) {
        RegistryFile link = files.get(link(repository + "/_layers", digest));
        return link != null && link.link().equals(digest) && blob(digest) != null;
    }

    /** {@return whether a manifest has a layer that is not compressed; one that is known to be damaged is ignored} */
    boolean hasPlain(RegistryDocument manifest) {
        return manifest.tars().stream().anyMatch(digest -> isPlain(digest, manifest));
    }

    private boolean isPlain(String digest, RegistryDocument manifest) {
        RegistryFile file = blob(digest);
        if (file != null && file.unread()) {
            return manifest.plain().contains(digest);
        }
        return file != null
                && !file.compressed()
                && (file.digest() == null || digest.equals(file.digest().toString()));
    }

    @Nullable
    RegistryDocument document(String digest) {
        RegistryFile file = blob(digest);
        return file == null ? null : file.document();
    }

    /** {@return the digests in the paths of blobs} */
    Set<Digest> blobs() {
        Set<Digest> digests = new TreeSet<>();
        for (String path : files.subMap(BLOBS, BLOBS + Character.MAX_VALUE).keySet()) {
            String[] names = path.substring(BLOBS.length()).split("/", -1);
            if (names.length == 4) {
                digests.addAll(DeltaAnalysis.digest(names[0] + ":" + names[2]));
            }
        }
        return digests;
    }

    /** {@return the size of a blob in bytes; -1 if it is missing} */
    long size(String digest) {
        RegistryFile file = blob(digest);
        return file == null ? -1 : file.size();
    }

    private @Nullable RegistryFile blob(String digest) {
        int colon = digest.indexOf(':');
        if (colon < 0 || digest.length() < colon + 3) {
            return null;
        }
        String hex = digest.substring(colon + 1);
        return files.get(BLOBS + digest.substring(0, colon) + "/" + hex.substring(0, 2) + "/" + hex + "/data");
    }

    /** {@return the path of a blob} */
    static String blobPath(Digest digest) {
        return BLOBS + digest.algorithm() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data";
    }

    /** {@return the path of the link to a blob in a directory of a repository} */
    static String link(String directory, String digest) {
        return REPOSITORIES + directory + "/" + digest.replace(':', '/') + "/link";
    }
}
