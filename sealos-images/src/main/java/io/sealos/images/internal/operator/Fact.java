package io.sealos.images.internal.operator;

import java.util.List;
import java.util.Optional;

/**
 * An image that an operator starts.
 *
 * @param name the name of the fact
 * @param resource the custom resource for which it is started, as group and kind; empty if it is started for the
 *     operator itself
 * @param since the first version of the operator that starts it, if not the first that is known
 * @param before the first version of the operator that does not start it any more, if there is one
 * @param conditions the conditions under which it is started
 * @param images the image, as texts of which the first counts whose values are known
 * @param isSaved whether the image is saved if everything about it is known
 */
public record Fact(
        String name,
        String resource,
        Optional<Version> since,
        Optional<Version> before,
        Conditions conditions,
        List<Template> images,
        boolean isSaved) {
    boolean isOf(Version version) {
        return since.filter(it -> version.compareTo(it) < 0).isEmpty()
                && before.filter(it -> version.compareTo(it) >= 0).isEmpty();
    }
}
