package io.sealos.kubefile;

/**
 * An {@code ARG} instruction, which declares build arguments. Each argument has the form {@code NAME} or
 * {@code NAME=default}. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ArgInstruction extends Instruction {
    ArgInstruction(InstructionParts parts) {
        super(parts);
    }
}
