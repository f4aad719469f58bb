package io.sealos.kubefile;

/**
 * A {@code STOPSIGNAL} instruction, which sets the signal that stops a container. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class StopsignalInstruction extends Instruction {
    StopsignalInstruction(InstructionParts parts) {
        super(parts);
    }
}
