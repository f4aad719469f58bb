package io.sealos.images.internal.shell.state;

import java.util.Map;

/**
 * The exit status of a command, as far as it is known.
 *
 * @param mayHold whether the command may succeed
 * @param mayFail whether the command may fail
 * @param ifHolds the values of variables that follow from its success
 * @param ifFails the values of variables that follow from its failure
 */
public record ExitStatus(boolean mayHold, boolean mayFail, Map<String, String> ifHolds, Map<String, String> ifFails) {
    public static final ExitStatus SUCCESS = new ExitStatus(true, false, Map.of(), Map.of());
    public static final ExitStatus FAILURE = new ExitStatus(false, true, Map.of(), Map.of());
    public static final ExitStatus UNKNOWN = new ExitStatus(true, true, Map.of(), Map.of());

    public static ExitStatus of(boolean holds) {
        return holds ? SUCCESS : FAILURE;
    }

    public boolean isKnown() {
        return mayHold != mayFail;
    }

    public boolean may(boolean hold) {
        return hold ? mayHold : mayFail;
    }

    public ExitStatus not() {
        return new ExitStatus(
                /* mayHold= */ mayFail, /* mayFail= */ mayHold, /* ifHolds= */ ifFails, /* ifFails= */ ifHolds);
    }

    public ExitStatus and(ExitStatus other) {
        return mayHold ? new ExitStatus(other.mayHold, mayFail || other.mayFail, Map.of(), Map.of()) : FAILURE;
    }

    public ExitStatus or(ExitStatus other) {
        return not().and(other.not()).not();
    }
}
