package io.sealos.kubefile;

/** A line with an unknown keyword, in the result of a lenient parse or after ONBUILD. Immutable. */
public final class UnknownInstruction extends Instruction {
    UnknownInstruction(InstructionParts parts) {
        super(parts);
    }
}
