package io.sealos.kubefile;

/** {@code EXPOSE}: adds ports to the image's configuration. Immutable. */
public final class ExposeInstruction extends Instruction {
    ExposeInstruction(InstructionParts parts) {
        super(parts);
    }
}
