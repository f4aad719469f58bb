package io.sealos.oci.internal.recipe;

import io.sealos.SealosException;

/**
 * A step that cannot be executed, such as RUN.
 *
 * @param reason the reason, which the planner reports
 */
public record RefusedRecipe(String description, SealosException.Part reason) implements StepRecipe {}
