package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;

/** Thrown when a build step cannot be executed. The planner adds the instruction. */
final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    StepException(String problem, String fix) {
        super(Printable.message(problem + "; " + fix));
        this.problem = problem;
        this.fix = fix;
    }

    String problem() {
        return problem;
    }

    String fix() {
        return fix;
    }
}
