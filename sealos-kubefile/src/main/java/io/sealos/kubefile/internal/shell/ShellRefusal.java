package io.sealos.kubefile.internal.shell;

/** Thrown when bash would refuse a line, with the position at which it would do so. */
final class ShellRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    ShellRefusal(int at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    static ShellRefusal unclosed(int at, String opening) {
        return new ShellRefusal(at, "a " + opening + " is never closed");
    }

    static ShellRefusal unexpected(ShellToken token) {
        return new ShellRefusal(
                token.start(),
                switch (token.kind()) {
                    case END -> "it ends where a command is still to come or to be closed";
                    case NEWLINE -> "a line ends where a command is still to come";
                    default -> "a " + token.text() + " stands where none can";
                });
    }

    int at() {
        return at;
    }
}
