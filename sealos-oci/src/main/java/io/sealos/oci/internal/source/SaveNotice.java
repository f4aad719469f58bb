package io.sealos.oci.internal.source;

import io.sealos.images.ImageReference;

/**
 * Something worth knowing about an image that was saved.
 *
 * @param reference the image as it was asked for
 * @param askedAt where
 * @param isWarning whether something will not work on site
 * @param message what
 * @param fix what can be done about it
 */
public record SaveNotice(ImageReference reference, String askedAt, boolean isWarning, String message, String fix) {}
