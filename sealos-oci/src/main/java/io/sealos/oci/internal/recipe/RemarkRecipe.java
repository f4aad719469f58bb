package io.sealos.oci.internal.recipe;

/** A step that changes no files, and only adds a line to the history. */
public record RemarkRecipe(String description) implements StepRecipe {}
