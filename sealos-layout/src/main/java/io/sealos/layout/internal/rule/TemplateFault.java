package io.sealos.layout.internal.rule;

/** A place at which Go refuses a template. */
final class TemplateFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    TemplateFault(int at, String message) {
        super(message, null, false, false);
        this.at = at;
    }

    int at() {
        return at;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
