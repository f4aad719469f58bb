package io.sealos.oci;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes an image when a build needs it. Called by any thread.
 *
 * @see MadeImage#of(LayoutMaker)
 */
@FunctionalInterface
public interface LayoutMaker {
    /**
     * Writes an <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image layout</a>
     * that has one image, or one index for all platforms that are built. Called once for each build.
     *
     * @param emptyDirectory an empty directory, which is deleted when the build ends
     * @throws IOException if the image cannot be made; the build reports it as an image that cannot be saved
     */
    void writeTo(Path emptyDirectory) throws IOException;
}
