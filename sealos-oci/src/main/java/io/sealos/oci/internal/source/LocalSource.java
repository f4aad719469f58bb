package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A source of images other than their registries. Equal sources are opened once. */
public interface LocalSource {
    /** The forms in which files describe images. */
    enum Format {
        /** {@code manifest.json}, as written by {@code docker save}. */
        DOCKER,
        /** {@code index.json} and {@code blobs}. */
        OCI,
        /** {@code index.json} and {@code blobs} with all images of a registry, which are found by name only. */
        REGISTRY
    }

    Format format();

    /**
     * Opens the files, which can be read until they are closed.
     *
     * @param scratch an empty directory that exists until then
     */
    StoredFiles open(Path scratch) throws IOException, InterruptedException;
}
