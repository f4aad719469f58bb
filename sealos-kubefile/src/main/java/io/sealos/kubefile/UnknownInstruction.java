package io.sealos.kubefile;

/**
 * An instruction with an unknown keyword, in the result of a lenient parse or after ONBUILD. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class UnknownInstruction extends Instruction {
    UnknownInstruction(InstructionParts parts) {
        super(parts);
    }
}
