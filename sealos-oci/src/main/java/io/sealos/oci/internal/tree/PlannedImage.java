package io.sealos.oci.internal.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image whose files are known.
 *
 * @param base what it is based on; null for nothing
 * @param steps those of the stages it is based on first
 */
public record PlannedImage(@Nullable ScannedBase base, List<PlannedStep> steps) {
    public PlannedImage {
        steps = List.copyOf(steps);
    }
}
