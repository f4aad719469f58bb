package io.sealos.oci;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes an image when a build needs it.
 *
 * @see MadeImage#of(LayoutMaker)
 */
@FunctionalInterface
public interface LayoutMaker {
    /**
     * Writes an <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image layout</a>
     * that has one image, or one index for all platforms that are built. It is called once for each build, by any
     * thread.
     *
     * @param emptyDirectory where to; it is deleted when the build ends
     * @throws IOException if the image cannot be made; the build reports it like any image that cannot be saved
     */
    void writeTo(Path emptyDirectory) throws IOException;
}
