package io.sealos.kubefile;

/** An instruction that cannot be built without a container or a network. Immutable. */
public final class RefusedStep implements BuildStep {
    private final KubefileProblem problem;
    private final Instruction instruction;

    RefusedStep(Instruction instruction, String reason, String suggestion) {
        this.instruction = instruction;
        this.problem = new KubefileProblem(reason, instruction.range(), suggestion);
    }

    @Override
    public Instruction instruction() {
        return instruction;
    }

    /** {@return why it cannot be built} */
    public String reason() {
        return problem.message();
    }

    /** {@return reason, place and fix} */
    public KubefileProblem problem() {
        return problem;
    }
}
