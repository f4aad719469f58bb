package io.sealos.images.internal.operator;

import io.sealos.images.ImageReference;
import java.util.Optional;

/**
 * An operator that will run.
 *
 * @param operator the operator
 * @param repository the name of its image without tag and digest
 * @param tag the tag of its image; empty if it has none
 * @param container its container; empty if only its image is known
 */
public record OperatorRun(Operator operator, String repository, String tag, Optional<OperatorContainer> container) {
    /** {@return an operator of which only the image is known} */
    public static OperatorRun ofImage(Operator operator, ImageReference image) {
        return of(operator, image, Optional.empty());
    }

    static OperatorRun of(Operator operator, ImageReference image, Optional<OperatorContainer> container) {
        return new OperatorRun(operator, image.name(), image.tag().orElse(""), container);
    }

    /** {@return the version; empty if the tag is not one} */
    Optional<String> version() {
        return operator.version(tag);
    }

    /** {@return the release; empty if nothing is known about this version} */
    Optional<Release> release() {
        return version().flatMap(operator::release);
    }

    /** {@return whether the version is one whose images are known} */
    public boolean isKnown() {
        return release().isPresent();
    }

    /** {@return the version whose defaults are assumed if those of this one are not known} */
    public String assumedVersion() {
        return release().orElse(operator.nearest(version())).version();
    }

    /** {@return the operator with its version} */
    @Override
    public String toString() {
        return operator.name() + " " + version().orElse(tag.isEmpty() ? "without a tag" : tag);
    }
}
