package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** Where images come from that are not asked of their registries. Equal origins are opened once. */
public interface LocalSource {
    /** How the files describe their images. */
    enum Format {
        /** {@code manifest.json}, as {@code docker save} writes it. */
        DOCKER,
        /** {@code index.json} and {@code blobs}. */
        OCI,
        /** The same, for all images of a registry: one that is not named is not meant. */
        REGISTRY
    }

    Format format();

    /**
     * The files, to be read until they are closed.
     *
     * @param scratch an empty directory that stays until then
     */
    StoredFiles open(Path scratch) throws IOException, InterruptedException;
}
