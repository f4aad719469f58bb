package io.sealos.kubefile;

import org.jspecify.annotations.Nullable;

/** Thrown to end the evaluation of one instruction. Evaluation continues with the next one. */
final class EvaluationProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final KubefileProblem problem;

    EvaluationProblem(SourceRange range, String message, @Nullable String suggestion) {
        super(message, null, false, false);
        this.problem = new KubefileProblem(message, range, suggestion);
    }

    KubefileProblem problem() {
        return problem;
    }
}
