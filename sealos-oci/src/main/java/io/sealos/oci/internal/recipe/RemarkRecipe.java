package io.sealos.oci.internal.recipe;

/** A step that changes no file: it only leaves its line in the history. */
public record RemarkRecipe(String description) implements StepRecipe {}
