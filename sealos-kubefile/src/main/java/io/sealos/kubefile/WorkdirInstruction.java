package io.sealos.kubefile;

/** {@code WORKDIR}: the working directory; made where it is missing. Immutable. */
public final class WorkdirInstruction extends InstructionBase implements Instruction {
    WorkdirInstruction(InstructionParts parts) {
        super(parts);
    }
}
