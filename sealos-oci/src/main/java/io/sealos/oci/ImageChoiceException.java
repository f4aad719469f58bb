package io.sealos.oci;

import io.sealos.oci.internal.inspect.WrongChoiceException;
import java.util.List;

/** Thrown where an {@link ImageChoice} means none, or more than one, of the images that are stored. */
public final class ImageChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> available;

    ImageChoiceException(WrongChoiceException cause) {
        super(cause.getMessage(), cause);
        this.available = cause.available();
    }

    /** {@return the images that are there, each with its names and platform} */
    public List<String> available() {
        return available;
    }
}
