package io.sealos.images.internal.operator;

import java.util.Map;
import java.util.Optional;

/**
 * A release of an operator that is known, or a range of releases.
 *
 * @param version the version as written
 * @param number the version
 * @param before the first version that is not in the range; empty for a single release
 * @param values the values of this release by their names
 */
record Release(String version, Version number, Optional<Version> before, Map<String, String> values) {
    boolean covers(Version other) {
        int order = other.compareTo(number);
        return order == 0
                || (order > 0 && before.filter(it -> other.compareTo(it) < 0).isPresent());
    }
}
