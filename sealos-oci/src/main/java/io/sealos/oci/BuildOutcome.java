package io.sealos.oci;

/**
 * The ways in which a call or a phase of it ends.
 *
 * @since 0.1.0
 */
public enum BuildOutcome {
    /** Everything was done. */
    COMPLETE,
    /** Something could not be done. */
    FAILED,
    /** The thread of the call was interrupted before everything was done. */
    CANCELLED
}
