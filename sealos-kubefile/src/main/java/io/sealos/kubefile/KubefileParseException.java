package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a text is not a valid Kubefile. The exception has the problems in the order of the text. If there are
 * more than 1,000, it has the first 1,000, followed by one that states the number of the others.
 *
 * @since 0.1.0
 */
public final class KubefileParseException extends SealosException {
    private static final long serialVersionUID = 1L;
    private static final int DESCRIBED = 100;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<KubefileProblem> problems;

    KubefileParseException(List<KubefileProblem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return the problems, at least one} */
    public List<KubefileProblem> problems() {
        return problems;
    }

    /** {@return the place, message and suggestion of each of the {@link #problems()}} */
    @Override
    public List<Part> parts() {
        return problems.stream().map(KubefileProblem::part).toList();
    }

    // A file full of errors may have thousands of problems, and nobody reads them all.
    static String describe(List<KubefileProblem> problems) {
        int leftOut = problems.stream().mapToInt(KubefileProblem::leftOut).sum();
        int more = problems.size() - DESCRIBED + (leftOut > 0 ? leftOut - 1 : 0);
        return problems.stream()
                .limit(DESCRIBED)
                .map(KubefileProblem::toString)
                .collect(Collectors.joining("\n", "", more > 0 ? "\nand " + more + " more" : ""));
    }
}
