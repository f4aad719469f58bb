package io.sealos.oci;

import io.sealos.internal.text.Printable;
import java.nio.file.Path;
import java.util.List;

/** Thrown when an OCI layout does not match its own descriptions. Lists all mismatches, not only the first. */
public final class InvalidOciLayoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> mismatches;

    InvalidOciLayoutException(Path layout, List<String> mismatches) {
        super("the OCI layout " + layout + " is broken:\n" + Printable.lines(mismatches));
        this.mismatches = List.copyOf(mismatches);
    }

    /** {@return the mismatches, each with its place} */
    public List<String> mismatches() {
        return mismatches;
    }
}
