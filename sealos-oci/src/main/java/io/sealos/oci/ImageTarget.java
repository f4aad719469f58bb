package io.sealos.oci;

import io.sealos.oci.internal.layout.ImageRequest;
import io.sealos.oci.internal.layout.WrittenImage;
import java.io.IOException;

/**
 * Where an image is written to: {@link OciLayout#directory}, {@link OciLayout#archive}, {@link DockerArchive#file}, a
 * {@link RegistryImage} or a {@link DaemonImage}.
 *
 * <p>Targets are immutable and thread-safe. Output appears under its final name only when it is whole; a failed or
 * killed build leaves what was there before.
 */
public abstract class ImageTarget {
    ImageTarget() {}

    /** Refuses, before anything is saved, what could not be written in the end. */
    abstract void check(int platforms) throws IOException;

    /** The same target, for one build; what is not on the disk needs some of its settings. */
    ImageTarget within(TargetSettings build) {
        return this;
    }

    abstract WrittenImage write(ImageRequest request) throws IOException;

    /** {@return the target as messages name it} */
    @Override
    public abstract String toString();
}
