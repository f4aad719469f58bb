package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.RawManifest;
import io.sealos.oci.internal.transport.RegistryClient;
import io.sealos.oci.internal.transport.RemoteImage;
import io.sealos.oci.internal.transport.TransferException;
import java.io.IOException;
import java.util.Optional;

/** An image at a registry; what the store has already is not asked for again. */
final class RegistrySource implements ImageSource {
    private final RegistryClient client;
    private final ContentStore store;
    private final RemoteImage image;
    private final SaveRequest request;

    RegistrySource(RegistryClient client, ContentStore store, SaveRequest request) {
        this.client = client;
        this.store = store;
        this.request = request;
        this.image = new RemoteImage(
                request.reference().toString(),
                request.reference().registry(),
                request.reference().repository());
    }

    @Override
    public RawManifest root() throws IOException, InterruptedException {
        Optional<Digest> digest = request.reference().digest();
        return digest.isPresent() ? manifest(digest.get()) : keep(client.manifest(image, request.wanted()));
    }

    @Override
    public RawManifest manifest(Digest digest) throws IOException, InterruptedException {
        Optional<byte[]> stored = store.document(digest);
        return stored.isPresent()
                ? new RawManifest(stored.get(), "", digest)
                : keep(client.manifest(image, digest.toString()));
    }

    private RawManifest keep(RawManifest manifest) throws IOException {
        store.put(manifest.bytes(), manifest.digest().algorithm());
        return manifest;
    }

    @Override
    public void fetch(Digest digest, long size) throws IOException, InterruptedException {
        if (store.has(digest, size)) {
            return;
        }
        try (Ingest ingest = store.ingest(digest.algorithm())) {
            client.blob(image, digest, size, ingest);
            ingest.commitAs(digest);
        } catch (Ingest.WrongContentException e) {
            throw new TransferException(
                    image.name(),
                    image.registry(),
                    0,
                    image.registry() + " sent a blob with wrong content: " + e.getMessage(),
                    "the registry or a proxy before it serves wrong content",
                    e);
        }
    }
}
