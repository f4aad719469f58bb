package io.sealos.oci.internal.registry;

import io.sealos.images.Digest;
import io.sealos.oci.internal.transport.RawManifest;
import java.io.IOException;
import java.nio.file.Path;

/** An image of a local file, whose contents are in the store already. */
final class StoredSource implements ImageSource {
    private final ContentStore store;
    private final Path file;
    private final Digest root;

    StoredSource(ContentStore store, Path file, Digest root) {
        this.store = store;
        this.file = file;
        this.root = root;
    }

    @Override
    public RawManifest root() throws IOException {
        return manifest(root);
    }

    @Override
    public RawManifest manifest(Digest digest) throws IOException {
        byte[] bytes = store.document(digest).orElseThrow(() -> missing(digest));
        return new RawManifest(bytes, digest, "");
    }

    @Override
    public void fetch(Digest digest, long size) throws IOException {
        if (!store.has(digest, size)) {
            throw missing(digest);
        }
    }

    private IOException missing(Digest digest) {
        return new IOException(file.getFileName() + " lacks " + digest + "; write the archive anew");
    }
}
