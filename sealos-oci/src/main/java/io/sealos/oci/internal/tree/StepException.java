package io.sealos.oci.internal.tree;

import io.sealos.internal.text.Printable;

/** Why one step cannot be done; the planner puts the name of its instruction before it. */
final class StepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StepException(String message) {
        super(Printable.message(message));
    }
}
