package io.sealos.oci.internal.inspect;

import io.sealos.images.Digest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A manifest of an image or artifact in a registry directory, with the documents that are attached to it.
 *
 * @param repository its repository, without the host from which it was saved
 * @param tags the tags that point to it or to its index, without those for sealos
 * @param manifest its digest
 * @param indexes the digests of the indexes that list it
 * @param platform its platform, such as {@code linux/amd64}; empty if it is not known
 * @param size the size of its manifest, configuration and layers in bytes, as far as the directory has them
 * @param artifactType the type of an artifact; empty for an image
 * @param described its labels and annotations, named without {@code org.opencontainers.image.}
 * @param documents the documents, sorted by their digests
 */
public record InnerImage(
        String repository,
        SortedSet<String> tags,
        Digest manifest,
        SortedSet<Digest> indexes,
        String platform,
        long size,
        String artifactType,
        SortedMap<String, String> described,
        List<Document> documents) {
    public InnerImage {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        indexes = Collections.unmodifiableSortedSet(new TreeSet<>(indexes));
        described = Collections.unmodifiableSortedMap(new TreeMap<>(described));
        documents = List.copyOf(documents);
    }

    /**
     * A document that is attached to an image.
     *
     * @param digest the digest of its blob
     * @param manifest the digest of the manifest that names it
     * @param type its media type, or the artifact type of the manifest
     * @param predicate the type of the statement in it; empty if it is not known
     */
    public record Document(Digest digest, Digest manifest, String type, String predicate, long size) {
        /** {@return the path of the blob in the cluster image} */
        public String path() {
            return RegistryView.blobPath(digest);
        }
    }
}
