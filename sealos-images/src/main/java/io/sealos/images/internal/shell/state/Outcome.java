package io.sealos.images.internal.shell.state;

import java.util.Map;

/**
 * Whether a command succeeds, as far as that is known.
 *
 * @param mayHold whether it may succeed
 * @param mayFail whether it may fail
 * @param ifHolds the variables that are what they are if it succeeds
 * @param ifFails those if it fails
 */
public record Outcome(boolean mayHold, boolean mayFail, Map<String, String> ifHolds, Map<String, String> ifFails) {
    public static final Outcome SUCCESS = new Outcome(true, false, Map.of(), Map.of());
    public static final Outcome FAILURE = new Outcome(false, true, Map.of(), Map.of());
    public static final Outcome UNKNOWN = new Outcome(true, true, Map.of(), Map.of());

    public static Outcome of(boolean holds) {
        return holds ? SUCCESS : FAILURE;
    }

    public boolean isKnown() {
        return mayHold != mayFail;
    }

    public boolean may(boolean hold) {
        return hold ? mayHold : mayFail;
    }

    public Outcome not() {
        return new Outcome(
                /* mayHold= */ mayFail, /* mayFail= */ mayHold, /* ifHolds= */ ifFails, /* ifFails= */ ifHolds);
    }

    public Outcome and(Outcome other) {
        return mayHold ? new Outcome(other.mayHold, mayFail || other.mayFail, Map.of(), Map.of()) : FAILURE;
    }

    public Outcome or(Outcome other) {
        return not().and(other.not()).not();
    }
}
