package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.client.TransferException;
import io.sealos.oci.internal.store.BlobClaim;
import io.sealos.oci.internal.store.BlobWriter;
import io.sealos.oci.internal.store.ContentStore;
import io.sealos.oci.internal.store.KnownTags;
import java.io.IOException;
import java.util.Optional;

/** Fetches an image from its registry, except for what the store has. */
public final class RegistryFetcher implements ImageFetcher {
    private static final int NOT_FOUND = 404;

    private final RegistryClient client;
    private final ContentStore store;
    private final SaveRequest request;
    private final RemoteImage image;

    public RegistryFetcher(RegistryClient client, ContentStore store, SaveRequest request) {
        this.client = client;
        this.store = store;
        this.request = request;
        this.image = new RemoteImage(request.reference());
    }

    @Override
    public RawManifest root() throws IOException, InterruptedException {
        Optional<Digest> digest = request.reference().digest();
        if (digest.isPresent()) {
            return manifest(digest.get());
        }
        RawManifest root = keep(client.manifest(image, request.wanted()));
        new KnownTags(store).remember(request.taggedName(), root.digest());
        return root;
    }

    @Override
    public RawManifest manifest(Digest digest) throws IOException, InterruptedException {
        Optional<byte[]> stored = store.document(digest);
        return stored.isPresent()
                ? new RawManifest(stored.get(), digest, "")
                : keep(client.manifest(image, digest.toString()));
    }

    @Override
    public Optional<RawManifest> tagged(String tag) throws IOException, InterruptedException {
        Optional<RawManifest> found = ifThere(() -> client.manifest(image, tag));
        if (found.isPresent()) {
            new KnownTags(store)
                    .remember(request.siblingName(tag), keep(found.get()).digest());
        }
        return found;
    }

    /**
     * Returns the list of referrers. According to the specification, a registry without that API may have the list
     * under a tag.
     */
    @Override
    public Optional<RawManifest> referrers(Digest digest) throws IOException, InterruptedException {
        Optional<RawManifest> found = ifThere(() -> client.referrers(image, digest));
        if (found.isEmpty()) {
            return tagged(ImageFetcher.referrersTag(digest));
        }
        new KnownTags(store)
                .remember(
                        request.siblingName(ImageFetcher.referrersTag(digest)),
                        keep(found.get()).digest());
        return found;
    }

    private static Optional<RawManifest> ifThere(Question question) throws IOException, InterruptedException {
        try {
            return Optional.of(question.ask());
        } catch (TransferException e) {
            if (e.status() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private interface Question {
        RawManifest ask() throws TransferException, InterruptedException;
    }

    private RawManifest keep(RawManifest manifest) throws IOException {
        store.put(manifest.bytes(), manifest.digest().algorithm());
        return manifest;
    }

    /** Fetches a blob, unless another build is just fetching it into the same store. */
    @Override
    public void fetch(Digest digest, long size, BlobListener listener) throws IOException, InterruptedException {
        if (store.has(digest, size)) {
            listener.reused();
            return;
        }
        try (BlobClaim claim = BlobClaim.await(store, digest, size, listener::awaited)) {
            if (claim.isStored()) {
                listener.reused();
            } else {
                listener.restarted();
                download(digest, size, listener);
            }
        }
    }

    private void download(Digest digest, long size, BlobListener listener) throws IOException, InterruptedException {
        try (BlobWriter ingest = store.ingest(digest)) {
            BlobTransfer transfer = new BlobTransfer(ingest, digest, listener);
            client.blob(image, digest, size, transfer);
            transfer.commit();
        }
    }
}
