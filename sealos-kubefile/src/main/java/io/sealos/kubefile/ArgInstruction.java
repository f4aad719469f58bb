package io.sealos.kubefile;

/**
 * {@code ARG}: build arguments, each {@code NAME} or {@code NAME=default}; the arguments are those words. Immutable.
 */
public final class ArgInstruction extends InstructionBase implements Instruction {
    ArgInstruction(InstructionParts parts) {
        super(parts);
    }
}
