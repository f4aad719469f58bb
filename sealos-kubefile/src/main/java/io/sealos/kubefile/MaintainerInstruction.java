package io.sealos.kubefile;

/** {@code MAINTAINER}: sets the author of the image. Immutable. */
public final class MaintainerInstruction extends Instruction {
    MaintainerInstruction(InstructionParts parts) {
        super(parts);
    }
}
