package io.sealos.oci.trust;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a {@link SigningKey} cannot be used: its file is of no known form, the password is wrong, or its provider
 * does not sign. The message contains neither the key nor the password.
 *
 * @since 0.1.0
 */
public final class SigningKeyException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    /**
     * Creates an exception.
     *
     * @param key the file of the key, or its name
     * @param problem the problem
     * @param fix how to fix the problem
     */
    public SigningKeyException(String key, String problem, String fix) {
        this(new Part(key, problem, fix));
    }

    private SigningKeyException(Part part) {
        super(part.toString());
        this.part = part;
    }

    /** {@return a list with a single part, whose place is the file of the key, or its name} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
