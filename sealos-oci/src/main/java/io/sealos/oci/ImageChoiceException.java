package io.sealos.oci;

import io.sealos.internal.text.Printable;
import java.util.List;

/** Thrown when an {@link ImageChoice} matches none or more than one of the stored images. */
public final class ImageChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<String> available;

    /**
     * Creates an exception.
     *
     * @param message the message, which names the source and the images in it
     * @param available the stored images
     */
    public ImageChoiceException(String message, List<String> available) {
        super(Printable.message(message));
        this.available = available.stream().map(Printable::message).toList();
    }

    /** {@return the stored images, each with its names and its platform} */
    public List<String> available() {
        return available;
    }
}
