package io.sealos.images.internal.shell;

import io.sealos.images.ScanProblem;

/** Told of what a script does. */
public interface ShellListener {
    /** Helm is run. */
    void helm(HelmInvocation invocation);

    /** A program or script is run, Helm among them. */
    void program(ProgramRun run);

    /** Something was not followed; the line is 0 if the whole file is meant. */
    void problem(ScanProblem.Kind kind, String source, int line, String message);
}
