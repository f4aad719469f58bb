package io.sealos.kubefile;

/**
 * A {@code USER} instruction, which sets the user in the configuration of the image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UserInstruction extends Instruction {
    UserInstruction(InstructionParts parts) {
        super(parts);
    }
}
