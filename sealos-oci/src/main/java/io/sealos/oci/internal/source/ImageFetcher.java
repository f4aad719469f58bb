package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import java.io.IOException;
import java.util.Optional;

/** Where one image comes from. */
public interface ImageFetcher {
    /** The manifest or index that the image's name stands for. */
    RawManifest root() throws IOException, InterruptedException;

    /** A manifest that an index names. */
    RawManifest manifest(Digest digest) throws IOException, InterruptedException;

    /** The manifest under another tag of the same repository; nothing where there is none, or no way to know. */
    default Optional<RawManifest> tagged(String tag) throws IOException, InterruptedException {
        return Optional.empty();
    }

    /** The index of what refers to a manifest; nothing where there is none, or no way to know. */
    default Optional<RawManifest> referrers(Digest digest) throws IOException, InterruptedException {
        return tagged(referrersTag(digest));
    }

    /** Returns the tag under which a registry has the list of referrers of a manifest. */
    static String referrersTag(Digest digest) {
        return digest.algorithm() + "-" + digest.hex();
    }

    /** Brings a blob into the store, unless it is there. */
    void fetch(Digest digest, long size) throws IOException, InterruptedException;
}
