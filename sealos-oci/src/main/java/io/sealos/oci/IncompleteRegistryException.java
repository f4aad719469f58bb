package io.sealos.oci;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/**
 * Thrown when a site would miss images, or get wrong ones, from the registry of an image. Lists all problems.
 *
 * @since 0.1.0
 */
public final class IncompleteRegistryException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> problems;

    IncompleteRegistryException(List<String> problems) {
        super("the image is not sufficient for itself:\n" + Printable.lines(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return the problems, each with its place} */
    public List<String> problems() {
        return problems;
    }

    /** {@return the problems; the text of each has its place and its fix} */
    @Override
    public List<Part> parts() {
        return problems.stream().map(problem -> new Part("", problem, "")).toList();
    }
}
