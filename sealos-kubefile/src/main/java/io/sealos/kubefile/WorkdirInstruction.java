package io.sealos.kubefile;

/** {@code WORKDIR}: sets the working directory, which the build creates if it is missing. Immutable. */
public final class WorkdirInstruction extends Instruction {
    WorkdirInstruction(InstructionParts parts) {
        super(parts);
    }
}
