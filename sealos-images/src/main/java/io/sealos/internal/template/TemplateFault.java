package io.sealos.internal.template;

/** Thrown when Go would refuse a template, with the position at which it would do so. */
public final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    TemplateFault(int at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    /** {@return the index in the template} */
    public int at() {
        return at;
    }

    /** {@return the reason, a clause without place or fix} */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
