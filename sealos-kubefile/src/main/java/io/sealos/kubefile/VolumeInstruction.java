package io.sealos.kubefile;

/**
 * A {@code VOLUME} instruction, which adds volumes to the configuration of the image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class VolumeInstruction extends Instruction {
    VolumeInstruction(InstructionParts parts) {
        super(parts);
    }
}
