package io.sealos.images.internal.operator;

/** Thrown when a text does not describe an operator. */
public final class OperatorFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;
    private final String fix;

    OperatorFormatException(int line, String problem, String fix) {
        super(line + ": " + problem + "; " + fix);
        this.line = line;
        this.problem = problem;
        this.fix = fix;
    }

    /** {@return the line, from 1, or 0 if the whole text is meant} */
    public int line() {
        return line;
    }

    public String problem() {
        return problem;
    }

    public String fix() {
        return fix;
    }
}
