package io.sealos.images.internal.yaml;

/** Thrown when a document is not valid YAML, or exceeds the limits. */
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
