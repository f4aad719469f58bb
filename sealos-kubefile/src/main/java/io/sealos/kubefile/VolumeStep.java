package io.sealos.kubefile;

import java.util.List;
import java.util.Objects;

/**
 * A step that creates the directories of a VOLUME instruction. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
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

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeStep that && instruction.equals(that.instruction) && paths.equals(that.paths);
    }

    @Override
    public int hashCode() {
        return Objects.hash(instruction, paths);
    }

    /** {@return the instruction} */
    @Override
    public String toString() {
        return instruction.toString();
    }
}
