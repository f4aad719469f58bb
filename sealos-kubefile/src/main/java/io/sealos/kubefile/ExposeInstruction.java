package io.sealos.kubefile;

/** {@code EXPOSE}: ports in the image's configuration. Immutable. */
public final class ExposeInstruction extends InstructionBase implements Instruction {
    ExposeInstruction(InstructionParts parts) {
        super(parts);
    }
}
