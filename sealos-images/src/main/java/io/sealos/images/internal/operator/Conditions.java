package io.sealos.images.internal.operator;

import java.util.List;
import java.util.stream.Stream;

/**
 * The conditions of a fact or of a source of a value.
 *
 * @param when the conditions that must all hold
 * @param unless the conditions of which none may hold
 */
record Conditions(List<Condition> when, List<Condition> unless) {
    Stream<Lookup> lookups() {
        return Stream.concat(when.stream(), unless.stream()).map(Condition::lookup);
    }
}
