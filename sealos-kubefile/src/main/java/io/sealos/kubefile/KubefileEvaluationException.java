package io.sealos.kubefile;

import java.util.List;

/** A Kubefile cannot be built, for reasons that its text and the options give away. Carries all of them. */
public final class KubefileEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<KubefileProblem> problems;

    KubefileEvaluationException(List<KubefileProblem> problems) {
        super(KubefileParseException.describe(problems));
        this.problems = List.copyOf(problems);
    }

    /** {@return every problem, never none} */
    public List<KubefileProblem> problems() {
        return problems;
    }
}
