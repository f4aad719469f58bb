package io.sealos.images.internal.shell;

/** Told of what a script does. */
public interface ShellListener {
    /** Helm is run. */
    void helm(HelmInvocation invocation);

    /** Something was not followed; the line is 0 if the whole file is meant. */
    void problem(String source, int line, String message);
}
