package io.sealos.oci.internal.source;

import io.sealos.images.ImageReference;

/**
 * A remark about an image that was saved.
 *
 * @param reference the image as it was requested
 * @param askedAt the place that requested it
 * @param isWarning whether something will not work at the site
 * @param message the problem
 * @param fix the fix
 */
public record SaveNotice(ImageReference reference, String askedAt, boolean isWarning, String message, String fix) {}
