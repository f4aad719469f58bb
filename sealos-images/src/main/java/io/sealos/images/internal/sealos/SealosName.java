package io.sealos.images.internal.sealos;

import io.sealos.images.ImageReference;

/** How sealos names an image of manifests and charts: normalised, and without the digest where there is a tag. */
public final class SealosName {
    private SealosName() {}

    /** The name as it stands in the list of sealos. */
    public static String of(ImageReference reference) {
        return reference
                .tag()
                .map(tag -> reference.name() + ":" + tag)
                .orElseGet(() -> reference.name()
                        + reference.digest().map(it -> "@" + it).orElse(""));
    }

    /** What is the same for all names that sealos stores in one place: no tag means latest. */
    public static String place(ImageReference reference) {
        return of(reference.withDefaultTag());
    }
}
