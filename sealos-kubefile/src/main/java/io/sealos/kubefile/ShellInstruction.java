package io.sealos.kubefile;

/** {@code SHELL}: the shell of the shell form, which an OCI image cannot hold. Immutable. */
public final class ShellInstruction extends Instruction {
    ShellInstruction(InstructionParts parts) {
        super(parts);
    }
}
