package io.sealos.images.internal.yaml;

/** A document that is no YAML, or that is beyond the limits. */
public final class YamlFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    YamlFormatException(int line, String message) {
        super(message);
        this.line = line;
    }

    public int line() {
        return line;
    }
}
