package io.sealos.oci.internal.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step whose files are known.
 *
 * @param destination where a copy puts its files, as {@link TreePath#absolute} writes it; null for other steps
 * @param layer the root of the files that the step brings, null if it brings none
 */
public record PlannedStep(
        String description,
        @Nullable String destination,
        @Nullable TreeNode layer) {
    /** {@return the files of a step that brings some} */
    public TreeNode requireLayer() {
        return Objects.requireNonNull(layer, description);
    }
}
