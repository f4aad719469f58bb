package io.sealos.oci.internal.source;

import io.sealos.images.Digest;
import io.sealos.oci.internal.client.RawManifest;
import java.io.IOException;

/** Fetches an image from an archive or a layout. */
record LocalFetcher(FileBlobs blobs, Digest digest) implements ImageFetcher {
    @Override
    public RawManifest root() throws IOException {
        return manifest(digest);
    }

    @Override
    public RawManifest manifest(Digest wanted) throws IOException {
        return new RawManifest(blobs.document(wanted), wanted, "");
    }

    @Override
    public void fetch(Digest blob, long size, BlobListener listener) throws IOException {
        blobs.fetch(blob, size, listener);
    }
}
