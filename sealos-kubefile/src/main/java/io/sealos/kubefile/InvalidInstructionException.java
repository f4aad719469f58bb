package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a {@link KubefileBuilder} or an edit of a {@link Kubefile} would write an instruction that is invalid, or
 * that would not be read back as given. Immutable and thread-safe.
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

    /**
     * {@return a list with a single part, whose place is the line and the keyword of the instruction, or the place of
     * the edit}
     */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
