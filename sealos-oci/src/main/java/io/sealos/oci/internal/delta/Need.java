package io.sealos.oci.internal.delta;

import io.sealos.images.Digest;
import java.util.Comparator;

/**
 * A blob or a manifest that the registry of the site must have in a repository.
 *
 * @param repository the repository, such as {@code library/nginx}
 * @param digest the digest
 * @param size the size in bytes
 */
public record Need(String repository, Digest digest, long size) implements Comparable<Need> {
    private static final Comparator<Need> ORDER =
            Comparator.comparing(Need::repository).thenComparing(Need::digest);

    @Override
    public int compareTo(Need other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return repository + "@" + digest;
    }
}
