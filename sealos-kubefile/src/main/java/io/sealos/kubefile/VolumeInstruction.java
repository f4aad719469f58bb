package io.sealos.kubefile;

/** {@code VOLUME}: adds volumes to the image's configuration. Immutable. */
public final class VolumeInstruction extends Instruction {
    VolumeInstruction(InstructionParts parts) {
        super(parts);
    }
}
