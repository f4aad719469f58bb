package io.sealos.oci;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import java.io.IOException;

/**
 * Where an image is written to, such as {@link OciLayout#directory} or {@link DockerArchive#file}.
 *
 * <p>Targets are immutable and thread-safe. Output appears under its final name only when it is whole; a failed or
 * killed build leaves what was there before.
 */
public abstract class ImageTarget {
    ImageTarget() {}

    /** Refuses, before anything is saved, what could not be written in the end. */
    abstract void check(int platforms) throws IOException;

    abstract WrittenImage write(ImageRequest request) throws IOException;

    /** {@return the target as messages name it} */
    @Override
    public abstract String toString();
}
