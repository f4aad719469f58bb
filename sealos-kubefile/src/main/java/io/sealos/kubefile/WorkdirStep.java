package io.sealos.kubefile;

/** Creates the directory of a WORKDIR, or the working directory of a base image. Immutable. */
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

    /** {@return the current USER, who will own the directory; empty for root} */
    public String user() {
        return user;
    }
}
