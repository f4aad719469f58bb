package io.sealos.kubefile;

/** {@code RUN}: a command run in a container while building: kept, but nothing here can run it. Immutable. */
public final class RunInstruction extends InstructionBase implements Instruction {
    RunInstruction(InstructionParts parts) {
        super(parts);
    }
}
