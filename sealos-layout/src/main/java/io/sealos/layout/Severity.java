package io.sealos.layout;

/**
 * The severity of a {@link Finding}, in ascending order.
 *
 * @since 0.1.0
 */
public enum Severity {
    /** A fact worth knowing. */
    INFO,
    /** A likely failure when the image is run or used. */
    WARNING,
    /** A certain failure. */
    ERROR
}
