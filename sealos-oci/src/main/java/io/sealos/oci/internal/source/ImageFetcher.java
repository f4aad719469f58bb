package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import java.io.IOException;
import java.util.Optional;

/** Fetches one image from its source. */
public interface ImageFetcher {
    /** Returns the manifest or index that the image's name refers to. */
    RawManifest root() throws IOException, InterruptedException;

    /** Returns a manifest that an index lists. */
    RawManifest manifest(Digest digest) throws IOException, InterruptedException;

    /** Returns the manifest with another tag of the repository; empty if there is none, or the source has no tags. */
    default Optional<RawManifest> tagged(String tag) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /**
     * Returns the index of the manifests that refer to a manifest; empty if there is none, or the source has no such
     * index.
     */
    default Optional<RawManifest> referrers(Digest digest) throws IOException, InterruptedException {
        return tagged(referrersTag(digest));
    }

    /** Returns the tag under which a registry has the list of referrers of a manifest. */
    static String referrersTag(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }

    /** Fetches a blob into the store, unless the store has it. */
    void fetch(Digest digest, long size, BlobListener listener) throws IOException, InterruptedException;
}
