package io.sealos.oci.internal.layout;

import io.sealos.oci.internal.tree.PlannedImage;
import java.io.IOException;
import java.util.List;

/** Writes documents about an image that is built, such as a bill of materials. */
@FunctionalInterface
public interface ImageDescriber {
    /** Describes nothing. */
    ImageDescriber NONE = (plans, image) -> {};

    /**
     * Describes an image whose layers and documents were written.
     *
     * @param plans the plan of each platform, whose contents can still be read
     */
    void describe(List<PlannedImage> plans, WrittenImage image) throws IOException;
}
