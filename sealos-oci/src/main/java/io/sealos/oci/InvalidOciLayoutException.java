package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when an OCI layout or archive is invalid, for example because a blob does not match its digest. The exception
 * lists the mismatches of the report, not only the first.
 *
 * @since 0.1.0
 */
public final class InvalidOciLayoutException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final String source;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> mismatches;

    InvalidOciLayoutException(String source, List<String> mismatches) {
        super("the image in " + source + " is broken:\n" + Printable.lines(mismatches));
        this.source = source;
        this.mismatches = List.copyOf(mismatches);
    }

    /** {@return the mismatches; the place of each is the directory, archive or image that was verified} */
    @Override
    public List<Part> parts() {
        return mismatches.stream()
                .map(mismatch -> new Part(source, mismatch, "write or copy it again"))
                .toList();
    }

    /** {@return the mismatches, each with the place where it was found} */
    public List<String> mismatches() {
        return mismatches;
    }
}
