package io.sealos.oci.internal.recipe;

/** A step of a stage. Its description, such as "Kubefile:5: COPY a b", is used in the history and in messages. */
public sealed interface StepRecipe permits CopyRecipe, DirectoryRecipe, RefusedRecipe, RemarkRecipe {
    String description();
}
