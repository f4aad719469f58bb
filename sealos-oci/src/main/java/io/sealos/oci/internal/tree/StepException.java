package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;

/** Thrown when a build step cannot be executed. The planner adds the instruction. */
final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String fix;

    StepException(String problem) {
        this(problem, "");
    }

    StepException(String problem, String fix) {
        super(Printable.message(fix.isEmpty() ? problem : problem + "; " + fix));
        this.problem = problem;
        this.fix = fix;
    }

    String problem() {
        return problem;
    }

    /** {@return the fix; empty if there is none} */
    String fix() {
        return fix;
    }
}
