package io.sealos.kubefile;

/**
 * An {@code ENTRYPOINT} instruction, which gives the commands that sealos runs first. Each element of the JSON form is
 * a shell command. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class EntrypointInstruction extends Instruction {
    EntrypointInstruction(InstructionParts parts) {
        super(parts);
    }
}
