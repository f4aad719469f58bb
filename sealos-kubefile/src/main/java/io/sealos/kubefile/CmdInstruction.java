package io.sealos.kubefile;

/**
 * {@code CMD}: the commands that sealos runs after those of ENTRYPOINT; each element of the JSON form is a shell
 * command. Immutable.
 */
public final class CmdInstruction extends Instruction {
    CmdInstruction(InstructionParts parts) {
        super(parts);
    }
}
