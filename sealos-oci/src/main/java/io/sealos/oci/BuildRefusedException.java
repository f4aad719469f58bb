package io.sealos.oci;

import io.sealos.internal.text.Printable;
import io.sealos.kubefile.SourceRange;
import java.util.List;

/**
 * Thrown, before anything is written, where a build file asks for what cannot be built, where a COPY finds nothing to
 * copy, where {@code images/skopeo/tar.txt} names what is no archive, and where the images are not those of the lock.
 * It has all reasons, not the first only.
 */
public final class BuildRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> reasons;

    BuildRefusedException(List<String> reasons) {
        super(Printable.lines(reasons));
        this.reasons = reasons.stream().map(Printable::message).toList();
    }

    /** {@return one line for each instruction or line that is refused: where it stands, and why} */
    public List<String> reasons() {
        return reasons;
    }

    static String reason(SourceRange range, String keyword, String why) {
        return range.sourceName().orElse("Kubefile") + ":" + range.start() + ": " + keyword + ": " + why;
    }
}
