package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when the registry of an image lacks images that a site needs, or would serve wrong ones. The exception lists
 * all problems.
 *
 * @since 0.1.0
 */
public final class IncompleteRegistryException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<Part> problems;

    IncompleteRegistryException(List<Part> problems) {
        super("the image is not sufficient for itself:\n"
                + Printable.lines(problems.stream().map(Part::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    /** {@return the problems, each with its place} */
    public List<String> problems() {
        return problems.stream().map(Part::toString).toList();
    }

    /** {@return the problems: the file that requests an image, or the file of the registry, and the fix} */
    @Override
    public List<Part> parts() {
        return problems;
    }
}
