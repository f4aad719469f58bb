package io.sealos.kubefile;

/** A directory that has to exist after WORKDIR. Immutable. */
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

    /** {@return the absolute path, made with its parents where missing} */
    public String directory() {
        return directory;
    }

    /** {@return the USER in force, who will own it; empty for root} */
    public String user() {
        return user;
    }
}
