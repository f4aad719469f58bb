package io.sealos.oci.internal.tree;

import io.sealos.images.Digest;
import io.sealos.oci.internal.Digests;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digests of the contents that were written into layers, for documents that list the files of an image.
 * Thread-safe.
 */
public final class ContentDigests {
    /** Computes no digests. */
    public static final ContentDigests NONE = new ContentDigests(false);

    private final boolean enabled;
    // The map is only used for lookups, so its order does not affect the output.
    private final Map<Content, Digest> digests = new ConcurrentHashMap<>();

    private ContentDigests(boolean enabled) {
        this.enabled = enabled;
    }

    /** {@return an empty collection} */
    public static ContentDigests collecting() {
        return new ContentDigests(true);
    }

    /** {@return a hash for the content of a file; null if its digest is not needed or known by its path} */
    public @Nullable MessageDigest start(String path) {
        return enabled && !HashedContent.isBlob(path) ? Digests.start("sha256") : null;
    }

    /** Adds the digest of a content that was completely added to its hash. */
    public void finish(Content content, @Nullable MessageDigest hash) {
        if (hash != null) {
            digests.put(content, Digests.finish("sha256", hash));
        }
    }

    /** {@return the digest of a content; empty if it was not written, such as in a layer of an earlier build} */
    Optional<Digest> of(Content content) {
        return Optional.ofNullable(digests.get(content));
    }
}
