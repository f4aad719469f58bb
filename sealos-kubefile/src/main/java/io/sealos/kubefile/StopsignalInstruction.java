package io.sealos.kubefile;

/** {@code STOPSIGNAL}: the signal that stops a container. Immutable. */
public final class StopsignalInstruction extends InstructionBase implements Instruction {
    StopsignalInstruction(InstructionParts parts) {
        super(parts);
    }
}
