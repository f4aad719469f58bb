package io.sealos.kubefile;

/** {@code RUN}: a command for a build container. It is parsed and kept, but cannot be built. Immutable. */
public final class RunInstruction extends Instruction {
    RunInstruction(InstructionParts parts) {
        super(parts);
    }
}
