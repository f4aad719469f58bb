package io.sealos.layout;

/** How much a {@link Finding} matters. The order is from the least to the most. */
public enum Severity {
    /** Worth knowing. */
    INFO,
    /** Likely to go wrong at run time, or in use. */
    WARNING,
    /** Will go wrong. */
    ERROR
}
