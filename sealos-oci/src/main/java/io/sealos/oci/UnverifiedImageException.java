package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown by {@link SignatureReport#orThrow} if an image is not signed by a given key, or was changed.
 *
 * @since 0.1.0
 */
public final class UnverifiedImageException extends SealosException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_LINES = 20;
    private static final String FIX = "do not run it; obtain the image again, or give the key of its signer";

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<Part> parts;

    UnverifiedImageException(String source, List<String> problems) {
        super(message(source, problems));
        this.parts =
                problems.stream().map(problem -> new Part(source, problem, FIX)).toList();
    }

    private static String message(String source, List<String> problems) {
        String lines = String.join("\n  ", problems.subList(0, Math.min(MOST_LINES, problems.size())));
        int more = problems.size() - MOST_LINES;
        return Printable.message(source) + " cannot be trusted:\n  " + lines
                + (more > 0 ? "\n  and " + more + " more" : "") + "\n" + FIX;
    }

    /** {@return the reasons, whose place is the layout} */
    @Override
    public List<Part> parts() {
        return parts;
    }
}
