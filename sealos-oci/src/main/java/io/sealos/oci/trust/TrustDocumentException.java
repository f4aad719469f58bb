package io.sealos.oci.trust;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a text is not a document of the expected kind, such as a bill of materials. The exception has the place,
 * the problem and the fix.
 *
 * @since 0.1.0
 */
public final class TrustDocumentException extends SealosException {
    private static final long serialVersionUID = 1L;

    private final Part part;

    TrustDocumentException(String place, String problem, String fix) {
        super(new Part(place, problem, fix).toString());
        this.part = new Part(place, problem, fix);
    }

    /** {@return a list with a single part, which consists of the place, the problem and the fix} */
    @Override
    public List<Part> parts() {
        return List.of(part);
    }
}
