package io.sealos.kubefile;

/** {@code ENTRYPOINT}: commands that sealos runs first: each JSON element is one shell command. Immutable. */
public final class EntrypointInstruction extends InstructionBase implements Instruction {
    EntrypointInstruction(InstructionParts parts) {
        super(parts);
    }
}
