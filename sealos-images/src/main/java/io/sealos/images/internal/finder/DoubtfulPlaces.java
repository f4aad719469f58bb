package io.sealos.images.internal.finder;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recognizes places in objects that name images for a purpose other than running them. */
final class DoubtfulPlaces {
    /** The keys of images that are pushed, or shown to people. */
    private static final Set<String> OTHER_PURPOSE = Set.of(
            "output",
            "outputs",
            "destination",
            "destinations",
            "push",
            "pushTo",
            "example",
            "examples",
            "sample",
            "samples");

    /** The rules of a policy that change or create objects, including their images. */
    private static final Set<String> CHANGES = Set.of("mutate", "generate");

    private DoubtfulPlaces() {}

    /** {@return whether a mapping with a key is such a place} */
    static boolean isOne(String key, @Nullable VisitedMapping parent, ManifestObject object) {
        if (object.kind() == ObjectKind.POLICY && CHANGES.contains(key)) {
            return false;
        }
        boolean around = parent != null && parent.isDoubtful();
        boolean policy = object.kind() == ObjectKind.POLICY && (parent == null || parent.kind() != ObjectKind.POLICY);
        boolean other = object.kind() == ObjectKind.CUSTOM && OTHER_PURPOSE.contains(key);
        return around || policy || other;
    }
}
