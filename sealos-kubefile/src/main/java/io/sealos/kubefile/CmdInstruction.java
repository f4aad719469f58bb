package io.sealos.kubefile;

/**
 * {@code CMD}: commands that sealos runs after those of ENTRYPOINT: each JSON element is one shell command. Immutable.
 */
public final class CmdInstruction extends InstructionBase implements Instruction {
    CmdInstruction(InstructionParts parts) {
        super(parts);
    }
}
