package io.sealos.images.internal.shell.syntax;

/** A script that is not understood from a line on. */
final class ShellSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    ShellSyntaxException(int line, String message) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }
}
