package io.sealos.kubefile;

/** {@code SHELL}: the shell of the shell form; an OCI image has no place for it. Immutable. */
public final class ShellInstruction extends InstructionBase implements Instruction {
    ShellInstruction(InstructionParts parts) {
        super(parts);
    }
}
