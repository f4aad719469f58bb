package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when an instruction that a {@link KubefileBuilder} or an edit of a {@link Kubefile} shall write is invalid, or
 * cannot be written so that it is read back as given. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class InvalidInstructionException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    InvalidInstructionException(String place, String problem, String fix) {
        this(new Part(place, problem, fix));
    }

    private InvalidInstructionException(Part part) {
        super(part.toString());
        this.part = part;
    }

    /** {@return the only part; the place is the instruction, with its line in the Kubefile that is built} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
