package io.sealos.kubefile;

/** A {@code MAINTAINER} instruction, which sets the author of the image. Immutable and thread-safe. */
public final class MaintainerInstruction extends Instruction {
    MaintainerInstruction(InstructionParts parts) {
        super(parts);
    }
}
