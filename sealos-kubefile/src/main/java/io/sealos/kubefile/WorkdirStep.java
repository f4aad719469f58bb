package io.sealos.kubefile;

import java.util.Objects;

/**
 * A step that creates the directory of a WORKDIR instruction, or the working directory of a base image. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class WorkdirStep implements BuildStep {
    private final Instruction instruction;
    private final String directory;
    private final String user;

    WorkdirStep(Instruction instruction, String directory, String user) {
        this.instruction = instruction;
        this.directory = directory;
        this.user = user;
    }

    @Override
    public Instruction instruction() {
        return instruction;
    }

    /** {@return the absolute path; missing parents are created as well} */
    public String directory() {
        return directory;
    }

    /** {@return the user of the stage, who will own the directory; empty for root} */
    public String user() {
        return user;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WorkdirStep that
                && instruction.equals(that.instruction)
                && directory.equals(that.directory)
                && user.equals(that.user);
    }

    @Override
    public int hashCode() {
        return Objects.hash(instruction, directory, user);
    }

    /** {@return the instruction} */
    @Override
    public String toString() {
        return instruction.toString();
    }
}
