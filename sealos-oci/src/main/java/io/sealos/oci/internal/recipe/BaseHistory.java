package io.sealos.oci.internal.recipe;

/**
 * The history entry of a step of a base image; values that the configuration does not have are empty.
 *
 * @param emptyLayer whether the step made no layer
 */
public record BaseHistory(String created, String createdBy, String author, String comment, boolean emptyLayer) {}
