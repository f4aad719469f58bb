package io.sealos.oci.internal.source;

import io.sealos.images.ImageReference;

/**
 * A notice about a saved image.
 *
 * @param reference the image as it was requested
 * @param askedAt the place that requested it
 * @param isWarning whether nodes will not find the image by its name
 * @param message the difference from the request
 * @param fix how to avoid the difference
 */
public record SaveNotice(ImageReference reference, String askedAt, boolean isWarning, String message, String fix) {}
