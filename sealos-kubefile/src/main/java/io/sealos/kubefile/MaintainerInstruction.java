package io.sealos.kubefile;

/** {@code MAINTAINER}: the author of the image. Immutable. */
public final class MaintainerInstruction extends InstructionBase implements Instruction {
    MaintainerInstruction(InstructionParts parts) {
        super(parts);
    }
}
