package io.sealos.images.internal.shell;

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

    /** Something was not followed; the line is 0 if the whole file is meant. */
    void problem(ScanProblem.Kind kind, String source, int line, String message);
}
