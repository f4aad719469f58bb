package io.sealos.oci.internal.inspect;

import java.util.List;

/** No image, or more than one, is what was asked for. */
public final class WrongChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> available;

    WrongChoiceException(String message, List<String> available) {
        super(message);
        this.available = List.copyOf(available);
    }

    /** The images that are there. */
    public List<String> available() {
        return available;
    }
}
