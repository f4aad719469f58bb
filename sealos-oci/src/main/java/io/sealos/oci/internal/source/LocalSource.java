package io.sealos.oci.internal.source;

import io.sealos.oci.internal.read.StoredFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A source of images other than a registry. Equal sources are opened only once. */
public interface LocalSource {
    /** The forms in which files describe images. */
    enum Format {
        /** {@code manifest.json}, as written by {@code docker save}. */
        DOCKER,
        /** {@code index.json} and {@code blobs}. */
        OCI,
        /** {@code index.json} and {@code blobs} with all images of a registry, which can be found only by name. */
        REGISTRY
    }

    Format format();

    /**
     * Opens the files of the source.
     *
     * @param scratch an empty directory that exists until the files are closed
     */
    StoredFiles open(Path scratch) throws IOException, InterruptedException;
}
