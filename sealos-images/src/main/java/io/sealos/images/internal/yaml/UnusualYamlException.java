package io.sealos.images.internal.yaml;

/** Tells that a text is beyond the part of YAML that {@link CommonYaml} reads; it is a way back, no failure. */
final class UnusualYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusualYamlException() {
        super("not common YAML", null, false, false);
    }
}
