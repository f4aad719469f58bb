package io.sealos.oci.internal.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plan of an image.
 *
 * @param base the base image; null if there is none
 * @param steps the steps, beginning with those of the stages on which the image is based
 */
public record PlannedImage(@Nullable ScannedBase base, List<PlannedStep> steps) {
    public PlannedImage {
        steps = List.copyOf(steps);
    }
}
