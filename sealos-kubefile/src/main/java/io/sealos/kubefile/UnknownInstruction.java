package io.sealos.kubefile;

/** A line that is no known instruction; found in lenient parses and behind ONBUILD. Immutable. */
public final class UnknownInstruction extends InstructionBase implements Instruction {
    UnknownInstruction(InstructionParts parts) {
        super(parts);
    }
}
