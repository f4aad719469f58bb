package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import io.sealos.oci.internal.tree.FlatFile;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A stored image that is compared with another one.
 *
 * @param stored its documents and images
 * @param blobs the repositories of each blob and manifest in its registry directory
 * @param sizes the size of each of them in bytes
 * @param files the files outside the registry directory by path
 */
public record ComparedImage(
        StoredImage stored,
        SortedMap<Digest, SortedSet<String>> blobs,
        Map<Digest, Long> sizes,
        SortedMap<String, FlatFile> files) {
    private static final String REPOSITORIES = "registry/docker/registry/v2/repositories/";

    static ComparedImage of(StoredImage stored, RegistryView view, SortedMap<String, FlatFile> files) {
        SortedMap<Digest, SortedSet<String>> blobs = new TreeMap<>();
        Map<Digest, Long> sizes = new TreeMap<>();
        view.files().forEach((path, file) -> {
            int end = Math.max(path.lastIndexOf("/_layers/"), path.lastIndexOf("/_manifests/revisions/"));
            if (end > 0 && path.startsWith(REPOSITORIES)) {
                for (Digest digest : DeltaAnalysis.digest(file.link())) {
                    blobs.computeIfAbsent(digest, added -> new TreeSet<>())
                            .add(path.substring(REPOSITORIES.length(), end));
                    sizes.put(digest, Math.max(0, view.size(digest.toString())));
                }
            }
        });
        return new ComparedImage(
                stored, Collections.unmodifiableSortedMap(blobs), sizes, Collections.unmodifiableSortedMap(files));
    }

    /** {@return the size of the blobs that a site with another image lacks in a repository, each counted once} */
    public long bytesBeyond(ComparedImage other) {
        return blobs.entrySet().stream()
                .filter(blob -> !other.blobs
                        .getOrDefault(blob.getKey(), Collections.emptySortedSet())
                        .containsAll(blob.getValue()))
                .mapToLong(blob -> sizes.getOrDefault(blob.getKey(), 0L))
                .sum();
    }
}
