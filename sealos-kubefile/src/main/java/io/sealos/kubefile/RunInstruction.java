package io.sealos.kubefile;

/**
 * A {@code RUN} instruction, which runs a command in a build container. It is parsed and kept, but cannot be built.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class RunInstruction extends Instruction {
    RunInstruction(InstructionParts parts) {
        super(parts);
    }
}
