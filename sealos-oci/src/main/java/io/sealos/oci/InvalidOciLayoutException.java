package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.nio.file.Path;
import java.util.List;

/**
 * Thrown when an OCI layout is invalid, for example because a blob does not match its digest. The exception lists the
 * mismatches of the report, not only the first.
 *
 * @since 0.1.0
 */
public final class InvalidOciLayoutException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final String layout;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> mismatches;

    InvalidOciLayoutException(Path layout, List<String> mismatches) {
        super("the OCI layout " + layout + " is broken:\n" + Printable.lines(mismatches));
        this.layout = layout.toString();
        this.mismatches = List.copyOf(mismatches);
    }

    /** {@return the mismatches; the place of each is the directory of the layout} */
    @Override
    public List<Part> parts() {
        return mismatches.stream()
                .map(mismatch -> new Part(layout, mismatch, "write or copy the layout again"))
                .toList();
    }

    /** {@return the mismatches, each with the place where it was found} */
    public List<String> mismatches() {
        return mismatches;
    }
}
