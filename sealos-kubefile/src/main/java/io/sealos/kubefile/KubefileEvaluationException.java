package io.sealos.kubefile;

import io.sealos.SealosException;
import java.util.List;

/**
 * Thrown when a Kubefile cannot be built with the given options, regardless of the files in the context. The exception
 * carries all problems.
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
