package io.sealos.kubefile;

/** A {@code USER} instruction, which sets the user in the configuration of the image. Immutable and thread-safe. */
public final class UserInstruction extends Instruction {
    UserInstruction(InstructionParts parts) {
        super(parts);
    }
}
