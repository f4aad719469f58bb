package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a Kubefile cannot be built with the given options, regardless of the files in the context. The exception
 * has all problems; if there are more than 1,000, it has the first 1,000, followed by one that states the number of the
 * others.
 *
 * @since 0.1.0
 */
public final class KubefileEvaluationException extends SealosException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<KubefileProblem> problems;

    KubefileEvaluationException(List<KubefileProblem> problems) {
        super(KubefileParseException.describe(problems));
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
}
