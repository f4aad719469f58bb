package io.sealos.kubefile;

/** {@code VOLUME}: volumes in the image's configuration. Immutable. */
public final class VolumeInstruction extends InstructionBase implements Instruction {
    VolumeInstruction(InstructionParts parts) {
        super(parts);
    }
}
