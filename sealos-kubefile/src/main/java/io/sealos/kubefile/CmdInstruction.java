package io.sealos.kubefile;

/**
 * A {@code CMD} instruction, which gives the commands that sealos runs after those of ENTRYPOINT. Each element of the
 * JSON form is a shell command. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CmdInstruction extends Instruction {
    CmdInstruction(InstructionParts parts) {
        super(parts);
    }
}
