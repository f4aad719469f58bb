package io.sealos.kubefile;

/**
 * {@code ENTRYPOINT}: the commands that sealos runs first; each element of the JSON form is a shell command. Immutable.
 */
public final class EntrypointInstruction extends Instruction {
    EntrypointInstruction(InstructionParts parts) {
        super(parts);
    }
}
