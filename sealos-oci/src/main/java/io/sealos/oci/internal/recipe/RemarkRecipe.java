package io.sealos.oci.internal.recipe;

/** A step that changes no file, and has only a line in the history. */
public record RemarkRecipe(String description) implements StepRecipe {}
