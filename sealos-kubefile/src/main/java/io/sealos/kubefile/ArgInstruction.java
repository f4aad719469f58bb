package io.sealos.kubefile;

/** {@code ARG}: declares build arguments; each argument is {@code NAME} or {@code NAME=default}. Immutable. */
public final class ArgInstruction extends Instruction {
    ArgInstruction(InstructionParts parts) {
        super(parts);
    }
}
