package io.sealos.oci.internal.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image with its files.
 *
 * @param base the base image; null for none
 * @param steps the steps, those of the stages on which it is based first
 */
public record PlannedImage(@Nullable ScannedBase base, List<PlannedStep> steps) {
    public PlannedImage {
        steps = List.copyOf(steps);
    }
}
