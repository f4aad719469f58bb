package io.sealos.kubefile;

/**
 * An {@code EXPOSE} instruction, which adds ports to the configuration of the image. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ExposeInstruction extends Instruction {
    ExposeInstruction(InstructionParts parts) {
        super(parts);
    }
}
