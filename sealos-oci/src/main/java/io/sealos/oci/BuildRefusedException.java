package io.sealos.oci;

import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when a build is refused, before anything is written. The reasons are that the build file needs something that
 * cannot be built, that a COPY finds nothing to copy, that {@code images/skopeo/tar.txt} names a file that is not an
 * archive, or that the images differ from those of the lock. Lists all reasons, not only the first.
 */
public final class BuildRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> reasons;

    /**
     * Creates an exception whose message lists all reasons.
     *
     * @param reasons one line for each refused instruction or image
     */
    public BuildRefusedException(List<String> reasons) {
        super(Printable.lines(reasons));
        this.reasons = reasons.stream().map(Printable::message).toList();
    }

    /** {@return one line for each refused instruction or image, with its place and the reason} */
    public List<String> reasons() {
        return reasons;
    }
}
