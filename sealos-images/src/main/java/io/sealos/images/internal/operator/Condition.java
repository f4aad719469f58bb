package io.sealos.images.internal.operator;

import java.util.List;
import java.util.Optional;

/**
 * A condition of a fact or of a source of a value. It holds if one of the values that are looked up passes all tests.
 *
 * @param lookup the place of the values
 * @param is the texts of which the value is one; empty without this test
 * @param since the least version that the value is; empty without this test
 * @param before the version before which the value is; empty without this test
 */
record Condition(Lookup lookup, List<String> is, Optional<Version> since, Optional<Version> before) {
    boolean test(String value) {
        if (!is.isEmpty() && !is.contains(value)) {
            return false;
        }
        if (since.isEmpty() && before.isEmpty()) {
            return true;
        }
        Version version = Version.of(value);
        return version != null
                && since.filter(it -> version.compareTo(it) < 0).isEmpty()
                && before.filter(it -> version.compareTo(it) >= 0).isEmpty();
    }

    /** {@return whether it only asks whether there is a value} */
    boolean isOfPresence() {
        return is.isEmpty() && since.isEmpty() && before.isEmpty();
    }
}
