package io.sealos.images;

/**
 * The certainty that a text is an image that the application will run, in descending order.
 *
 * @since 0.1.0
 */
public enum Confidence {
    /**
     * The text is in a place for images only, such as {@code image} of a container or a line of a shim list. The image
     * is saved.
     */
    CERTAIN,
    /**
     * The text is an image reference in a place that is likely to hold an image, such as an environment variable or a
     * custom resource, or an operator of a known version starts it for a custom resource. The image is saved.
     */
    LIKELY,
    /** The text looks like an image. The image is shown but not saved. */
    POSSIBLE;

    /** {@return whether images of this confidence are saved by default} */
    public boolean isSaved() {
        return this != POSSIBLE;
    }
}
