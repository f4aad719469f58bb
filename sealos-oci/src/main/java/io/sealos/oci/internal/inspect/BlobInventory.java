package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.internal.text.Printable;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The blobs that a registry has in each of its repositories. Its text consists of the paths of the files of the
 * registry, as {@code find} prints them: links of repositories and blobs. A registry has a blob in a repository if
 * there are both. Immutable.
 */
public final class BlobInventory {
    private static final String V2 = "docker/registry/v2/";
    private static final String REPOSITORIES = V2 + "repositories/";
    private static final String BLOBS = V2 + "blobs/";
    private static final String LAYERS = "/_layers/";
    private static final String LINK = "/link";
    private static final String DATA = "/data";

    private final SortedMap<String, SortedSet<Digest>> repositories;

    private BlobInventory(SortedMap<String, SortedSet<Digest>> repositories) {
        this.repositories = repositories;
    }

    /** {@return an inventory of copies of the given sets} */
    public static BlobInventory of(Map<String, ? extends Collection<Digest>> blobs) {
        SortedMap<String, SortedSet<Digest>> sorted = new TreeMap<>();
        blobs.forEach((repository, digests) -> sorted.put(repository, new TreeSet<>(digests)));
        return new BlobInventory(sorted);
    }

    /**
     * {@return the inventory in a text}
     *
     * @throws IOException if it has another form; the message begins with a verb
     */
    public static BlobInventory read(BufferedReader text) throws IOException {
        SortedMap<String, SortedSet<Digest>> linked = new TreeMap<>();
        Set<Digest> stored = new TreeSet<>();
        int number = 0;
        for (String line = text.readLine(); line != null; line = text.readLine()) {
            number++;
            String path = line.strip();
            int start = path.indexOf(V2);
            if (start < 0 && !path.isEmpty()) {
                throw new IOException("has no path of a registry in line " + number + ": " + Printable.of(path));
            }
            add(start < 0 ? "" : path.substring(start), linked, stored);
        }
        linked.values().forEach(digests -> digests.retainAll(stored));
        linked.values().removeIf(Set::isEmpty);
        return new BlobInventory(linked);
    }

    private static void add(String path, SortedMap<String, SortedSet<Digest>> linked, Set<Digest> stored) {
        int layers = path.lastIndexOf(LAYERS);
        if (path.startsWith(REPOSITORIES) && layers > 0 && path.endsWith(LINK)) {
            String repository = path.substring(REPOSITORIES.length(), layers);
            String[] names = path.substring(layers + LAYERS.length()).split("/", -1);
            addTo(
                    linked.computeIfAbsent(repository, added -> new TreeSet<>()),
                    names[0],
                    names.length == 3 ? names[1] : "");
        } else if (path.startsWith(BLOBS) && path.endsWith(DATA)) {
            String[] names = path.substring(BLOBS.length()).split("/", -1);
            addTo(stored, names[0], names.length == 4 ? names[2] : "");
        }
    }

    /** Adds a digest, unless the path is not one of a blob. */
    private static void addTo(Set<Digest> digests, String algorithm, String hex) {
        try {
            digests.add(Digest.parse(algorithm + ":" + hex));
        } catch (IllegalArgumentException e) {
            // Another file of the registry, such as one that is being written.
            return;
        }
    }

    /** {@return the blobs of each repository, sorted} */
    public SortedMap<String, List<Digest>> repositories() {
        SortedMap<String, List<Digest>> copy = new TreeMap<>();
        repositories.forEach((repository, digests) -> copy.put(repository, List.copyOf(digests)));
        return copy;
    }

    /** {@return whether a blob is in a repository} */
    public boolean has(String repository, Digest digest) {
        return repositories.getOrDefault(repository, new TreeSet<>()).contains(digest);
    }

    /** {@return whether a repository has a blob} */
    public boolean has(String repository) {
        return repositories.containsKey(repository);
    }

    /** {@return whether there is no blob} */
    public boolean isEmpty() {
        return repositories.isEmpty();
    }

    /** {@return the number of different blobs} */
    public int size() {
        return digests().size();
    }

    private Set<Digest> digests() {
        Set<Digest> all = new TreeSet<>();
        repositories.values().forEach(all::addAll);
        return all;
    }

    /** {@return the text of this inventory, sorted, with line feeds} */
    public String toText() {
        StringBuilder text = new StringBuilder();
        for (Digest digest : digests()) {
            String hex = digest.hex();
            text.append(BLOBS + digest.algorithm() + "/" + hex.substring(0, 2) + "/" + hex + DATA + "\n");
        }
        repositories.forEach((repository, digests) -> digests.forEach(digest -> text.append(
                REPOSITORIES + repository + LAYERS + digest.algorithm() + "/" + digest.hex() + LINK + "\n")));
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlobInventory that && repositories.equals(that.repositories);
    }

    @Override
    public int hashCode() {
        return repositories.hashCode();
    }

    @Override
    public String toString() {
        return Count.of(size(), "blob") + " in " + Count.of(repositories.size(), "repository");
    }
}
