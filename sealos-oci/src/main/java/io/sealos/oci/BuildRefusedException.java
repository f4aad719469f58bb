package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when a build is refused, before anything is written. The reasons are that the build file needs something that
 * cannot be built, that a COPY finds nothing to copy, that {@code images/skopeo/tar.txt} names a file that is not an
 * archive, or that the images differ from those of the lock. The exception lists all reasons, not only the first.
 *
 * @since 0.1.0
 */
public final class BuildRefusedException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Part> parts;

    @SuppressWarnings("serial") // always one of Stream.toList, which can be serialized
    private final List<String> reasons;

    /**
     * Creates an exception whose message lists all reasons.
     *
     * @param parts the refused instructions or images
     */
    public BuildRefusedException(List<Part> parts) {
        this(parts, parts.stream().map(Part::toString).toList());
    }

    /**
     * Creates an exception whose message consists of the given lines, for example with one fix for all parts.
     *
     * @param parts the refused instructions or images
     * @param reasons the lines of the message
     */
    public BuildRefusedException(List<Part> parts, List<String> reasons) {
        super(Printable.lines(reasons));
        this.parts = List.copyOf(parts);
        this.reasons = reasons.stream().map(Printable::message).toList();
    }

    /** {@return the refused instructions or images} */
    @Override
    public List<Part> parts() {
        return parts;
    }

    /** {@return the lines of the message, which give the place and the reason of each refused instruction or image} */
    public List<String> reasons() {
        return reasons;
    }
}
