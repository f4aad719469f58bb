package io.sealos.kubefile;

/** {@code STOPSIGNAL}: sets the signal that stops a container. Immutable. */
public final class StopsignalInstruction extends Instruction {
    StopsignalInstruction(InstructionParts parts) {
        super(parts);
    }
}
