package io.sealos.images.internal.shell.state;

import io.sealos.images.ScanProblem;
import java.util.Optional;

/** Told of what a script does. */
public interface ShellListener {
    /**
     * A program or script is run.
     *
     * @return what its output stands for, if the listener knows that
     */
    Optional<Unknown> program(ProgramRun run);

    /**
     * The output of commands went to a file.
     *
     * @param run the redirection in the place of a program, with the file as its only argument
     */
    void written(ProgramRun run);

    /** Something was not followed; the line is 0 if the whole file is meant. */
    void problem(ScanProblem.Kind kind, String source, int line, String message);
}
