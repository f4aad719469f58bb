package io.sealos.images.internal.yaml;

/**
 * Thrown when a text exceeds the subset of YAML that {@link CommonYaml} reads, so that the full parser must be used.
 */
final class UnusualYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusualYamlException() {
        super("not common YAML", null, false, false);
    }
}
