package io.sealos.oci.internal.recipe;

/**
 * A history entry of a base image. Values that are missing in the configuration are empty.
 *
 * @param emptyLayer whether the step created no layer
 */
public record BaseHistory(String created, String createdBy, String author, String comment, boolean emptyLayer) {}
