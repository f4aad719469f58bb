package io.sealos.oci.internal.tree;

import org.jspecify.annotations.Nullable;

/**
 * A step whose files are known.
 *
 * @param layer the root of the files that the step brings, null if it brings none
 */
public record PlannedStep(String description, @Nullable TreeNode layer) {}
