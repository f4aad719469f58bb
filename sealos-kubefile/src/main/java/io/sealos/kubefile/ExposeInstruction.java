package io.sealos.kubefile;

/** An {@code EXPOSE} instruction, which adds ports to the configuration of the image. Immutable and thread-safe. */
public final class ExposeInstruction extends Instruction {
    ExposeInstruction(InstructionParts parts) {
        super(parts);
    }
}
