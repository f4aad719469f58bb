package io.sealos.kubefile;

/** {@code USER}: the user in the image's configuration. Immutable. */
public final class UserInstruction extends InstructionBase implements Instruction {
    UserInstruction(InstructionParts parts) {
        super(parts);
    }
}
