package io.sealos.images.internal.shell.state;

import io.sealos.images.ScanProblem;
import java.util.Optional;

/** Receives the effects of a script. */
public interface ShellListener {
    /**
     * Receives a call of a program or script.
     *
     * @return the meaning of its output, if the listener knows it
     */
    Optional<Unknown> program(ProgramRun run);

    /**
     * Receives a redirection of the output of commands to a file.
     *
     * @param run the redirection as a program, with the file as its only argument
     */
    void written(ProgramRun run);

    /**
     * Receives a problem about commands that were not interpreted. The line is 0 if the problem concerns the whole
     * file.
     */
    void problem(ScanProblem.Kind kind, String source, int line, String message);
}
