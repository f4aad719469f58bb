package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.tree.ContentDigests;
import io.sealos.oci.internal.tree.PlannedImage;
import java.io.IOException;
import java.util.List;

/** Writes documents about an image that is built, such as a bill of materials. */
@FunctionalInterface
public interface ImageDescriber {
    /** Describes nothing. */
    ImageDescriber NONE = (plans, digests, image) -> {};

    /**
     * Describes an image whose layers and documents were written.
     *
     * @param plans the plan of each platform, whose contents can still be read
     * @param digests the digests of the contents that were written into layers
     */
    void describe(List<PlannedImage> plans, ContentDigests digests, WrittenImage image) throws IOException;
}
