package io.sealos.images;

/** The certainty that a text is an image that the application will run, from the highest to the lowest. */
public enum Confidence {
    /** The place can hold nothing else: a container's {@code image}, a line of a shim list. Saved. */
    CERTAIN,
    /** The place is meant for images and the text is one: an environment variable, a custom resource. Saved. */
    LIKELY,
    /** The text looks like an image. Shown, not saved. */
    POSSIBLE;

    /** {@return whether images of this confidence are saved by default} */
    public boolean isSaved() {
        return this != POSSIBLE;
    }
}
