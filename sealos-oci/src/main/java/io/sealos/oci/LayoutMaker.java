package io.sealos.oci;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Creates an image when a build needs it. It may be called from any thread.
 *
 * @see MadeImage#of(LayoutMaker)
 * @since 0.1.0
 */
@FunctionalInterface
public interface LayoutMaker {
    /**
     * Writes an <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image layout</a>
     * with one image, or with one index for all platforms of the build. Called once by each build or, for a base image,
     * once for each platform.
     *
     * @param emptyDirectory an empty directory, which is deleted when the build ends
     * @throws IOException if the image cannot be created; the build reports it as an image that could not be saved
     */
    void writeTo(Path emptyDirectory) throws IOException;
}
