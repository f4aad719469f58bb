package io.sealos.oci.internal.tree;

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
        @Nullable TreeNode layer) {}
