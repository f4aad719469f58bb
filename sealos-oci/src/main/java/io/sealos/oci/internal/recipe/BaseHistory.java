package io.sealos.oci.internal.recipe;

/**
 * How a step of a base image is described in its configuration; what it does not say is empty.
 *
 * @param emptyLayer whether the step made no layer
 */
public record BaseHistory(String created, String createdBy, String author, String comment, boolean emptyLayer) {}
