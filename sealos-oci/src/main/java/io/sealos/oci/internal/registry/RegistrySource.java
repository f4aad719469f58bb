package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.RawManifest;
import io.sealos.oci.internal.transport.RegistryClient;
import io.sealos.oci.internal.transport.RemoteImage;
import java.io.IOException;
import java.util.Optional;

/** An image at a registry; what the store has already is not asked for again. */
final class RegistrySource implements ImageSource {
    private final RegistryClient client;
    private final ContentStore store;
    private final SaveRequest request;
    private final RemoteImage image;
    private final SaveListener listener;

    RegistrySource(RegistryClient client, ContentStore store, SaveRequest request, SaveListener listener) {
        this.client = client;
        this.store = store;
        this.request = request;
        this.image = new RemoteImage(request.reference());
        this.listener = listener;
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

    private RawManifest keep(RawManifest manifest) throws IOException {
        store.put(manifest.bytes(), manifest.digest().algorithm());
        return manifest;
    }

    @Override
    public void fetch(Digest digest, long size) throws IOException, InterruptedException {
        if (store.has(digest, size)) {
            listener.reused(request.reference(), digest, size);
            return;
        }
        try (Ingest ingest = store.ingest(digest.algorithm())) {
            BlobTransfer transfer = new BlobTransfer(ingest, request.reference(), digest, size, listener);
            client.blob(image, digest, size, transfer);
            transfer.commit();
        }
    }
}
