package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;

/** Thrown when a build step cannot be executed. The planner adds the instruction to the message. */
final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepException(String message) {
        super(Printable.message(message));
    }
}
