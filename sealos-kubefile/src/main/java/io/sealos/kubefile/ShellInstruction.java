package io.sealos.kubefile;

/**
 * A {@code SHELL} instruction, which sets the shell for commands in the shell form. An OCI image cannot hold it.
 * Immutable and thread-safe.
 */
public final class ShellInstruction extends Instruction {
    ShellInstruction(InstructionParts parts) {
        super(parts);
    }
}
