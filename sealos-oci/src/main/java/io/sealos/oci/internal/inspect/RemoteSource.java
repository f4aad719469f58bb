package io.sealos.oci.internal.inspect;

import io.sealos.oci.internal.client.AccessSettings;
import io.sealos.oci.internal.client.RegistryClient;
import io.sealos.oci.internal.client.RemoteImage;
import io.sealos.oci.internal.client.TransferListener;
import io.sealos.oci.internal.read.StoredFiles;
import io.sealos.oci.internal.source.LocalSource;
import java.io.IOException;
import java.nio.file.Path;

/** An image at a registry, whose layers are fetched when they are first read. */
public record RemoteSource(RemoteImage image, AccessSettings access) implements LocalSource {
    @Override
    public Format format() {
        return Format.OCI;
    }

    @Override
    @SuppressWarnings("resource") // closed with the files
    public StoredFiles open(Path scratch) throws IOException {
        RegistryClient client = new RegistryClient(access, TransferListener.NONE);
        try {
            return RemoteFiles.fetching(client, image, scratch);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }
}
