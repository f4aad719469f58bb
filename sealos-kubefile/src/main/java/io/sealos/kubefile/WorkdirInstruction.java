package io.sealos.kubefile;

/**
 * A {@code WORKDIR} instruction, which sets the working directory. The build creates the directory if it is missing.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class WorkdirInstruction extends Instruction {
    WorkdirInstruction(InstructionParts parts) {
        super(parts);
    }
}
