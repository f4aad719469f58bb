package io.sealos.kubefile;

import java.util.List;

/** A step that creates the directories of a VOLUME instruction. Immutable and thread-safe. */
public final class VolumeStep implements BuildStep {
    private final Instruction instruction;
    private final List<String> paths;

    VolumeStep(Instruction instruction, List<String> paths) {
        this.instruction = instruction;
        this.paths = List.copyOf(paths);
    }

    @Override
    public Instruction instruction() {
        return instruction;
    }

    /** {@return the paths as the instruction names them, with variables expanded} */
    public List<String> paths() {
        return paths;
    }
}
