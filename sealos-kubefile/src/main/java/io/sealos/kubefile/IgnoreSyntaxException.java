package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a pattern of an ignore file is malformed, or when the file has more than 10,000 patterns. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class IgnoreSyntaxException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    IgnoreSyntaxException(String place, String problem, String fix) {
        this(new Part(place, problem, fix));
    }

    private IgnoreSyntaxException(Part part) {
        super(part.toString());
        this.part = part;
    }

    /** {@return a list with a single part, whose place is the file and the line} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
