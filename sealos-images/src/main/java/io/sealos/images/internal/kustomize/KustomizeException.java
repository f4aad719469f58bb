package io.sealos.images.internal.kustomize;

import io.sealos.images.ScanProblem.Kind;

/** Thrown when a kustomization cannot be evaluated. */
final class KustomizeException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int line;

    /** Creates an exception for a part that cannot be read. The line is counted through all files of the evaluation. */
    KustomizeException(int line, String message) {
        this(Kind.UNREAD, line, message);
    }

    KustomizeException(Kind kind, int line, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.line = line;
    }

    Kind kind() {
        return kind;
    }

    int line() {
        return line;
    }
}
