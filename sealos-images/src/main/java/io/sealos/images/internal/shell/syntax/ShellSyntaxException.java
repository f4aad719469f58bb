package io.sealos.images.internal.shell.syntax;

/** Thrown when a script has a syntax error, with its line. */
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
