package io.sealos.kubefile;

/**
 * A {@code MAINTAINER} instruction, which sets the author of the image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class MaintainerInstruction extends Instruction {
    MaintainerInstruction(InstructionParts parts) {
        super(parts);
    }
}
