package io.sealos.kubefile;

/** How deep what is read lies in other commands and quotes. */
final class ShellNesting {
    /** Nesting that no command has, and that no stack of a thread has to fear. */
    private static final int DEEPEST = 200;

    private int depth;

    /** Thrown where something lies deeper than is looked at. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooDeep() {
            super("commands lie too deep in others", null, false, false);
        }
    }

    void enter() {
        depth++;
        if (depth > DEEPEST) {
            throw new TooDeep();
        }
    }

    void leave() {
        depth--;
    }
}
