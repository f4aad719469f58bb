package io.sealos.oci.internal.inspect;

import io.sealos.internal.text.Printable;
import java.util.List;

/** No image, or more than one, is what was asked for. */
public final class WrongChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> available;

    WrongChoiceException(String message, List<String> available) {
        super(Printable.message(message));
        this.available = available.stream().map(Printable::message).toList();
    }

    /** The images that are there. */
    public List<String> available() {
        return available;
    }
}
