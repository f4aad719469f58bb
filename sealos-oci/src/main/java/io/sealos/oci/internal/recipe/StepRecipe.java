package io.sealos.oci.internal.recipe;

/** One step of a stage. Its description names the instruction in the history and in errors: "Kubefile:5: COPY a b". */
public sealed interface StepRecipe permits CopyRecipe, DirectoryRecipe, RemarkRecipe {
    String description();
}
