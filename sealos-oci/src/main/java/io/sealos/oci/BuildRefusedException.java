package io.sealos.oci;

import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown, before anything is written, when a build file asks for something that cannot be built, when a COPY finds
 * nothing to copy, when {@code images/skopeo/tar.txt} names a file that is no archive, and when the images are not
 * those of the lock. Lists all reasons, not only the first.
 */
public final class BuildRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> reasons;

    /**
     * Creates an exception whose message lists all reasons.
     *
     * @param reasons one line for each instruction or line that is refused
     */
    public BuildRefusedException(List<String> reasons) {
        super(Printable.lines(reasons));
        this.reasons = reasons.stream().map(Printable::message).toList();
    }

    /** {@return one line for each instruction or line that is refused, with its place and the reason} */
    public List<String> reasons() {
        return reasons;
    }
}
