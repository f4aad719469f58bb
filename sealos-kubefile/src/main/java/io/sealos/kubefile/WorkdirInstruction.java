package io.sealos.kubefile;

/**
 * A {@code WORKDIR} instruction, which sets the working directory. The build creates the directory if it is missing.
 * Immutable and thread-safe.
 */
public final class WorkdirInstruction extends Instruction {
    WorkdirInstruction(InstructionParts parts) {
        super(parts);
    }
}
