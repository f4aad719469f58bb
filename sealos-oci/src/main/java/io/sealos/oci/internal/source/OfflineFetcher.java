package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.internal.text.Count;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.ImageProblemException;
import io.sealos.oci.internal.store.KnownTags;
import java.io.IOException;
import java.util.Optional;

/** Fetches an image of a registry without the network, from the store in which an earlier build has put it. */
public final class OfflineFetcher implements ImageFetcher {
    private final ContentStore store;
    private final SaveRequest request;

    public OfflineFetcher(ContentStore store, SaveRequest request) {
        this.store = store;
        this.request = request;
    }

    @Override
    public RawManifest root() throws IOException {
        Optional<Digest> digest = request.reference().digest();
        Optional<Digest> known = digest.isPresent() ? digest : new KnownTags(store).digest(request.taggedName());
        return manifest(known.orElseThrow(() -> missing("its tag is not known")));
    }

    @Override
    public RawManifest manifest(Digest digest) throws IOException {
        byte[] bytes = store.document(digest).orElseThrow(() -> missing("it lacks the manifest " + digest));
        return new RawManifest(bytes, digest, "");
    }

    @Override
    public Optional<RawManifest> tagged(String tag) throws IOException {
        Optional<Digest> known = new KnownTags(store).digest(request.siblingName(tag));
        return known.isPresent() ? Optional.of(manifest(known.get())) : Optional.empty();
    }

    @Override
    public void fetch(Digest digest, long size, BlobListener listener) throws IOException {
        if (!store.has(digest, size)) {
            throw missing("it lacks the blob " + digest + ", " + Count.of(size, "byte"));
        }
        listener.reused();
    }

    private static IOException missing(String what) {
        return new ImageProblemException(
                "the build is offline, and the content store does not have the image: " + what,
                "build once online, or put an archive of it into images/skopeo");
    }
}
