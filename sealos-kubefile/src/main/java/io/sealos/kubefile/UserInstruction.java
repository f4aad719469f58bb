package io.sealos.kubefile;

/** {@code USER}: sets the user of the image's configuration. Immutable. */
public final class UserInstruction extends Instruction {
    UserInstruction(InstructionParts parts) {
        super(parts);
    }
}
