package io.sealos.oci;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a file is not a policy for signatures, or has a requirement that is not supported.
 *
 * @see SignaturePolicy#read
 * @since 0.1.0
 */
public final class SignaturePolicyException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    /**
     * Creates an exception.
     *
     * @param place the file, and the requirement in it
     * @param problem the problem
     * @param fix how to fix the problem
     */
    public SignaturePolicyException(String place, String problem, String fix) {
        this(new Part(place, problem, fix));
    }

    private SignaturePolicyException(Part part) {
        super(part.toString());
        this.part = part;
    }

    /** {@return a list with a single part} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
