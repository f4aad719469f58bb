package io.sealos.oci.internal.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step with the files that it adds.
 *
 * @param description the instruction
 * @param destination the destination of a copy, as {@link TreePath#absolute} returns it; null for other steps
 * @param layer the root of the files that the step adds; null if it adds none
 */
public record PlannedStep(
        String description,
        @Nullable String destination,
        @Nullable TreeNode layer) {
    /** {@return the root of the files of a step that adds files} */
    public TreeNode requireLayer() {
        return Objects.requireNonNull(layer, description);
    }
}
