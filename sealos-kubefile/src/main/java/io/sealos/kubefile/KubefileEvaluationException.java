package io.sealos.kubefile;

import java.util.List;

/** Thrown if a Kubefile cannot be built with the given options, whatever the context has. Carries all problems. */
public final class KubefileEvaluationException extends RuntimeException {
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
}
