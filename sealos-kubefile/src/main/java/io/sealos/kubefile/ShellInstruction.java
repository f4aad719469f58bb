package io.sealos.kubefile;

/**
 * A {@code SHELL} instruction, which sets the shell for commands in the shell form. An OCI image cannot hold it.
 * Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ShellInstruction extends Instruction {
    ShellInstruction(InstructionParts parts) {
        super(parts);
    }
}
